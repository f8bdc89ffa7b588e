import { type ReadonlySignal, signal } from "@preact/signals";
import type { HostMessage } from "../../bridge/host-message";
import type { Moment, MomentFault, Position } from "../../bridge/moment";
import type { Delay } from "./schedule";

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
  /** Takes an answer, if it is the one that is waited for. */
  readonly receive: (sought: Sought) => void;
  /** Notes of which session the host tells; empty: of none yet. */
  readonly hear: (session: string) => void;
  /**
   * A host listens that knows of no moment: it is led to where the panel was, and then to where it wanted to be; again
   * and again for a while, should it not know that event yet.
   */
  readonly start: () => void;
  /** No host listens. */
  readonly stop: () => void;
  /** The panel goes over to another session, of which the host shows the newest moment. */
  readonly forget: () => void;
};

export type SeeksTerms = {
  /** Sends a seek to the host that listens. */
  readonly send: (turn: number, to: Moment | null) => void;
  /** Makes a change together with the views of the new moment. */
  readonly arrive: (change: () => void) => void;
  readonly delay: Delay;
};

/** A new host knows what was stored. What came last it knows when the page has sent it again, which is given 5 s. */
export const RETURN_MS = 250;
export const MAX_RETURNS = 20;

export function createSeeks({ send, arrive, delay }: SeeksTerms): Seeks {
  const at = signal<Position | null>(null);
  const wanted = signal<Seek | null>(null);
  const fault = signal<SeekFault | null>(null);
  let underWay: (Seek & { readonly turn: number }) | null = null;
  let waiting: Seek | null = null;
  let isListening = false;
  let turns = 0;
  let session = "";
  /** How often the host that has come may still say that there is no such event. */
  let returns = 0;
  let cancelReturn: (() => void) | null = null;

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

  function endReturn(): void {
    returns = 0;
    cancelReturn?.();
    cancelReturn = null;
  }

  /** Only a step has to begin where the panel was. */
  const canSkipReturn = (): boolean => waiting !== null && waiting.to?.kind !== "step";

  return {
    ...{ at, wanted, fault },
    seek(to) {
      waiting = { to };
      wanted.value = waiting;
      fault.value = null;
      if (canSkipReturn()) endReturn();
      if (isListening && underWay === null && cancelReturn === null) goOn();
    },
    receive({ turn, at: position, fault: why }) {
      if (underWay?.turn !== turn) return;
      const { to } = underWay;
      underWay = null;
      if (why === "no_such_event" && returns > 0) {
        returns--;
        cancelReturn = delay(() => {
          cancelReturn = null;
          go({ to });
        }, RETURN_MS);
        return;
      }
      endReturn();
      if (why !== null && waiting !== null) return goOn();
      arrive(() => {
        at.value = position;
        // Who has asked for something else meanwhile does not care what became of this one.
        if (waiting !== null) return goOn();
        wanted.value = null;
        fault.value = why === null ? null : { to, why };
      });
    },
    hear(name) {
      if (name === "") return;
      // Another session's host will never know where the panel was.
      if (session !== "" && name !== session) returns = 0;
      session = name;
    },
    start() {
      isListening = true;
      returns = MAX_RETURNS;
      const last = at.peek();
      if (last === null || canSkipReturn()) goOn();
      else go({ to: { kind: "seq", seq: last.seq } });
    },
    stop() {
      isListening = false;
      endReturn();
      waiting ??= wanted.peek();
      underWay = null;
    },
    forget() {
      endReturn();
      session = "";
      waiting = null;
      underWay = null;
      at.value = null;
      wanted.value = null;
      fault.value = null;
    },
  };
}
