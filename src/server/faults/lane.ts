import type { Timers } from "../timers";
import type { ActiveFault } from "./active-fault";
import type { WireData } from "./damage";
import { type Random, reorderItems } from "./random";

/** Why a parcel does not go on yet. */
export type Wait = {
  readonly ms: number;
  /** Others may overtake it meanwhile. */
  readonly isLoose: boolean;
  /** It ends early when so many parcels wait for the same fault; they then go on in another order. */
  readonly groupSize?: number;
};

/** What goes one way over a connection: mostly a frame. */
export type Parcel = {
  readonly data: WireData;
  readonly deliver: (data: WireData) => void;
  readonly waits: ReadonlyMap<ActiveFault, Wait>;
};

type Waiting = Omit<Parcel, "waits"> & {
  readonly waits: Map<ActiveFault, Wait>;
  readonly since: number;
  /** Its place in the order. */
  place: number;
};

type LaneOptions = {
  readonly random: Random;
  readonly timers: Timers;
  /** More waits than may: the lane is emptied by then. */
  readonly overflowed: () => void;
};

/** How much may wait in one lane, in UTF-16 code units and bytes. */
export const MAX_WAITING = 64 * 1024 * 1024;

/**
 * One direction of one connection. Parcels go on in the order in which they came, each when its waits (one after another)
 * are over; only those with a loose wait are overtaken, and overtake. Nothing is lost but by `empty`.
 */
export class Lane {
  readonly #options: LaneOptions;
  readonly #stalls = new Set<ActiveFault>();
  #ordered: Waiting[] = [];
  #loose: Waiting[] = [];
  #waitingLength = 0;
  #places = 0;
  #isDelivering = false;
  #cancelTimer = () => {};

  constructor(options: LaneOptions) {
    this.#options = options;
  }

  get isStalled(): boolean {
    return this.#stalls.size > 0;
  }

  push({ waits, ...parcel }: Parcel): void {
    if (this.#isFree() && waits.size === 0) {
      parcel.deliver(parcel.data);
      return;
    }
    this.#waitingLength += parcel.data.length;
    if (this.#waitingLength > MAX_WAITING) {
      this.empty();
      this.#options.overflowed();
      return;
    }
    this.#places += 1;
    const since = this.#options.timers.now();
    const waiting: Waiting = { ...parcel, waits: new Map(waits), since, place: this.#places };
    for (const fault of waits.keys()) fault.effects += 1;
    (isLoose(waiting) ? this.#loose : this.#ordered).push(waiting);
    for (const [fault, { groupSize }] of waits) this.#completeGroup(fault, groupSize);
    this.#deliverDue();
  }

  /** Nothing goes on until `release` of the same fault. */
  stall(fault: ActiveFault): void {
    this.#stalls.add(fault);
  }

  /** Nothing waits for this fault any more. */
  release(fault: ActiveFault): void {
    this.#stalls.delete(fault);
    for (const waiting of this.#all()) endWait(waiting, fault);
    this.#sort();
    this.#deliverDue();
  }

  /** All that waits is lost. */
  empty(): void {
    for (const { waits } of this.#all()) for (const fault of waits.keys()) fault.effects -= 1;
    this.#ordered = [];
    this.#loose = [];
    this.#waitingLength = 0;
    this.#cancelTimer();
  }

  /** All that waits is lost, and nothing stalls what still comes. */
  end(): void {
    this.#stalls.clear();
    this.empty();
  }

  #isFree(): boolean {
    return !this.isStalled && this.#ordered.length + this.#loose.length === 0 && !this.#isDelivering;
  }

  #all(): readonly Waiting[] {
    return [...this.#ordered, ...this.#loose];
  }

  #sort(): void {
    const all = [...this.#all()].sort((a, b) => a.place - b.place);
    this.#ordered = all.filter((waiting) => !isLoose(waiting));
    this.#loose = all.filter(isLoose);
  }

  #completeGroup(fault: ActiveFault, size: number | undefined): void {
    if (size === undefined) return;
    const group = this.#loose.filter(({ waits }) => waits.has(fault));
    if (group.length < size) return;
    const places = group.map(({ place }) => place);
    reorderItems(group, this.#options.random).forEach((waiting, at) => {
      waiting.place = places[at] ?? waiting.place;
      endWait(waiting, fault);
    });
    this.#sort();
  }

  #deliverDue(): void {
    // What is delivered may push more: that has its turn after what was due before.
    if (this.#isDelivering) return;
    this.#isDelivering = true;
    try {
      for (let due = this.#takeDue(); due !== null; due = this.#takeDue()) due.deliver(due.data);
    } finally {
      this.#isDelivering = false;
    }
    this.#arm();
  }

  #takeDue(): Waiting | null {
    if (this.isStalled) return null;
    const next = this.#next();
    if (next === null || dueAt(next) > this.#options.timers.now()) return null;
    if (next === this.#ordered[0]) this.#ordered.shift();
    else this.#loose = this.#loose.filter((waiting) => waiting !== next);
    this.#waitingLength -= next.data.length;
    for (const fault of next.waits.keys()) fault.effects -= 1;
    return next;
  }

  /** What goes on first: the one that is first in order, or a loose one. */
  #next(): Waiting | null {
    let next = this.#ordered[0] ?? null;
    for (const waiting of this.#loose) if (next === null || dueAt(waiting) < dueAt(next)) next = waiting;
    return next;
  }

  #arm(): void {
    this.#cancelTimer();
    const next = this.isStalled ? null : this.#next();
    if (next === null) return;
    const { timers } = this.#options;
    this.#cancelTimer = timers.after(Math.max(0, dueAt(next) - timers.now()), () => this.#deliverDue());
  }
}

function isLoose({ waits }: Waiting): boolean {
  for (const wait of waits.values()) if (wait.isLoose) return true;
  return false;
}

function dueAt({ since, waits }: Waiting): number {
  let due = since;
  for (const { ms } of waits.values()) due += ms;
  return due;
}

function endWait(waiting: Waiting, fault: ActiveFault): void {
  if (waiting.waits.delete(fault)) fault.effects -= 1;
}
