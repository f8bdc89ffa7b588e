import { type ReadonlySignal, signal } from "@preact/signals";
import type { Moment, MomentFault, Position } from "../../bridge/moment";
import type { HostMessage } from "../../bridge/panel-message";

/** Somewhere to go in the session; `to` null: to where the session is. */
export type Seek = { readonly to: Moment | null };

/** Why a seek left the panel where it was. */
export type SeekFault = Seek & { readonly why: MomentFault };

export type Sought = Extract<HostMessage, { readonly kind: "sought" }>;

/**
 * Where in the session a panel is. The host works its messages off one after another, so one seek is under way at a
 * time, and of those asked for meanwhile only the newest is sent. Hosts come and go; the moment stays.
 */
export type Seeks = {
  /** Null: where the session is. */
  readonly at: ReadonlySignal<Position | null>;
  /** The newest seek that is not answered yet; null: the panel is where it wants to be. */
  readonly wanted: ReadonlySignal<Seek | null>;
  /** Of the last seek that was answered; null as soon as another is asked for. */
  readonly fault: ReadonlySignal<SeekFault | null>;
  readonly seek: (to: Moment | null) => void;
  /** Whether an answer of this turn is the one that is waited for. */
  readonly awaits: (turn: number) => boolean;
  /** Takes the answer that is waited for. */
  readonly receive: (sought: Sought) => void;
  /** A host listens that knows of no moment: it is led to where the panel was, then to where it wanted to be. */
  readonly start: () => void;
  /** No host listens. */
  readonly stop: () => void;
  /** The panel goes over to another session, of which the host shows the newest moment. */
  readonly forget: () => void;
};

/** @param send sends a seek to the host that listens */
export function createSeeks(send: (turn: number, to: Moment | null) => void): Seeks {
  const at = signal<Position | null>(null);
  const wanted = signal<Seek | null>(null);
  const fault = signal<SeekFault | null>(null);
  let underWay: (Seek & { readonly turn: number }) | null = null;
  let waiting: Seek | null = null;
  let isListening = false;
  let turns = 0;

  function go({ to }: Seek): void {
    const turn = ++turns;
    underWay = { turn, to };
    send(turn, to);
  }

  function goOn(): void {
    const next = waiting;
    waiting = null;
    if (next !== null) go(next);
  }

  const awaits = (turn: number): boolean => underWay?.turn === turn;

  return {
    ...{ at, wanted, fault, awaits },
    seek(to) {
      waiting = { to };
      wanted.value = waiting;
      fault.value = null;
      if (isListening && underWay === null) goOn();
    },
    receive({ turn, at: position, fault: why }) {
      if (underWay === null || !awaits(turn)) return;
      const { to } = underWay;
      underWay = null;
      at.value = position;
      // Who has asked for something else meanwhile does not care what became of this one.
      if (waiting !== null) return goOn();
      wanted.value = null;
      fault.value = why === null ? null : { to, why };
    },
    start() {
      isListening = true;
      const last = at.peek();
      // A step goes on from there.
      if (last !== null) go({ to: { kind: "seq", seq: last.seq } });
      else goOn();
    },
    stop() {
      isListening = false;
      waiting ??= wanted.peek();
      underWay = null;
    },
    forget() {
      waiting = null;
      underWay = null;
      at.value = null;
      wanted.value = null;
      fault.value = null;
    },
  };
}
