import type { Direction } from "../../wire/frame";
import { EVENT } from "../../wire/protocol";
import type { Transport } from "../phoenix/transport";
import type { ConnectionAbout, WrappedTransport } from "../phoenix/wrapped-transport";
import type { Timers } from "../timers";
import type { ActiveFault } from "./active-fault";
import { alterParcels } from "./alter-parcels";
import { refusalOf, type WireData } from "./damage";
import { BROKEN, isLinkFault, type LinkFault, REFUSAL } from "./fault";
import { Lane, type Parcel } from "./lane";
import type { Random } from "./random";
import { readWireFrame, type WireFrame } from "./read-frame";

export type LinkOptions = {
  readonly random: Random;
  readonly timers: Timers;
  /** The faults that may act on this link, in the order in which they were injected. */
  readonly active: () => readonly ActiveFault[];
  /** Asked for by a fault that waited for a frame, on whose topic it starts (null: it has none). */
  readonly start: (active: ActiveFault, fault: LinkFault, topic: string | null) => void;
};

/** Pushes of which the replies are to be lost; more forget the oldest ones. */
const MAX_UNANSWERED = 10_000;

/** What stands between one client's transport and the server, and does what the faults say. */
export class FaultyLink implements WrappedTransport {
  readonly about: ConnectionAbout;
  readonly transport: Transport;
  readonly #raw: Transport;
  readonly #options: LinkOptions;
  readonly #lanes: { readonly [direction in Direction]: Lane };
  /** The faults that have made it half-open. */
  readonly #deafening = new Set<ActiveFault>();
  /** Whose replies are lost, by the ref of the push. */
  readonly #unanswered = new Map<string, ActiveFault>();
  #isPausedByServer = false;
  #isPaused = false;
  /** The server has closed while the link was half-open. */
  #closeCode: number | null = null;

  constructor(raw: Transport, about: ConnectionAbout, options: LinkOptions) {
    this.about = about;
    this.#raw = raw;
    this.#options = options;
    const { random, timers } = options;
    const lane = () => new Lane({ random, timers, overflowed: () => raw.cut() });
    this.#lanes = { in: lane(), out: lane() };
    this.transport = {
      name: raw.name,
      send: (data) => this.#pass("in", data, (passed) => raw.send(passed)),
      close: (code) => this.#close(code),
      cut: () => raw.cut(),
      pause: () => this.#pauseForServer(true),
      resume: () => this.#pauseForServer(false),
    };
  }

  receive = (data: WireData, next: (data: WireData) => void): void => this.#pass("out", data, next);

  /** Ends the transport as a `drop` says; what waits is lost. */
  drop(code: number): void {
    this.end();
    if (code === BROKEN) this.#raw.cut();
    else this.#raw.close(code);
  }

  stall(active: ActiveFault, direction: Direction | undefined): void {
    if (direction !== "out") this.#lanes.in.stall(active);
    if (direction !== "in") this.#lanes.out.stall(active);
    this.#updatePause();
  }

  halfOpen(active: ActiveFault): void {
    this.#deafening.add(active);
    this.#lanes.in.empty();
    this.#lanes.out.empty();
    this.#updatePause();
  }

  /** The fault is cleared: what it holds back goes on. */
  release(active: ActiveFault): void {
    for (const [ref, holder] of this.#unanswered) if (holder === active) this.#unanswered.delete(ref);
    this.#deafening.delete(active);
    this.#lanes.out.release(active);
    this.#lanes.in.release(active);
    this.#updatePause();
    if (this.#closeCode !== null && this.#deafening.size === 0) this.#close(this.#closeCode);
  }

  /** The connection is over: nothing waits any more. */
  end(): void {
    this.#deafening.clear();
    for (const [ref] of this.#unanswered) this.#takeUnanswered(ref);
    for (const lane of [this.#lanes.in, this.#lanes.out]) lane.end();
    this.#updatePause();
  }

  #pass(direction: Direction, data: WireData, deliver: (data: WireData) => void): void {
    if (this.#deafening.size > 0) return;
    let parcels: readonly Parcel[] = [{ data, deliver, waits: new Map() }];
    const read = readOnce(data, direction);
    if (direction === "in" && this.#unanswered.size > 0 && this.#isUnanswered(read())) return;
    for (const active of this.#options.active()) {
      if (!active.isOn(this.about.id) || !active.takes(direction, read)) continue;
      parcels = this.#act(active, parcels, read());
      if (parcels.length === 0) return;
    }
    for (const parcel of parcels) this.#lanes[direction].push(parcel);
  }

  #act(active: ActiveFault, parcels: readonly Parcel[], wire: WireFrame | null): readonly Parcel[] {
    const { fault } = active;
    if (isLinkFault(fault)) {
      this.#options.start(active, fault, wire?.frame.topic ?? null);
      // The first frame that a stall holds is the one that started it; all others take it with them.
      return fault.kind === "stall" ? parcels : [];
    }
    if (fault.kind === "refuse_join" && wire !== null) {
      this.transport.send(refusalOf(wire, fault.reason ?? REFUSAL));
    }
    if (fault.kind === "never_answer") this.#leaveUnanswered(active, wire?.frame.ref ?? null);
    return alterParcels(parcels, fault, active, this.#options.random);
  }

  #leaveUnanswered(active: ActiveFault, ref: string | null): void {
    if (ref === null) return;
    this.#takeUnanswered(ref);
    this.#unanswered.set(ref, active);
    active.effects += 1;
    const [oldest] = this.#unanswered.keys();
    if (this.#unanswered.size > MAX_UNANSWERED && oldest !== undefined) this.#takeUnanswered(oldest);
  }

  #isUnanswered(wire: WireFrame | null): boolean {
    if (wire === null || wire.frame.event !== EVENT.reply || wire.frame.ref === null) return false;
    return this.#takeUnanswered(wire.frame.ref);
  }

  #takeUnanswered(ref: string): boolean {
    const active = this.#unanswered.get(ref);
    if (active === undefined) return false;
    active.effects -= 1;
    return this.#unanswered.delete(ref);
  }

  /** The server closes: after all that it has sent, or when the client can hear of it. */
  #close(code: number): void {
    this.#closeCode = code;
    if (this.#deafening.size > 0) return;
    this.#lanes.in.push({ data: "", deliver: () => this.#raw.close(code), waits: new Map() });
  }

  #pauseForServer(isPaused: boolean): void {
    this.#isPausedByServer = isPaused;
    this.#updatePause();
  }

  /** What is not read stays with the client, as on a network that stands still. */
  #updatePause(): void {
    const isPaused = this.#isPausedByServer || this.#deafening.size > 0 || this.#lanes.out.isStalled;
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#raw.pause?.();
    else this.#raw.resume?.();
  }
}

function readOnce(data: WireData, direction: Direction): () => WireFrame | null {
  let read: { readonly wire: WireFrame | null } | null = null;
  return () => {
    read ??= { wire: readWireFrame(data, direction) };
    return read.wire;
  };
}
