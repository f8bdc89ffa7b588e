import { assertNever } from "../../wire/assert-never";
import type { Direction } from "../../wire/frame";
import { EVENT } from "../../wire/protocol";
import { isEnvelopeOf } from "./damage";
import { type Fault, isLinkFault, REORDER_SIZE } from "./fault";
import { type FrameMatch, matchesFrame } from "./frame-match";
import type { WireFrame } from "./read-frame";

/** One connection by its id; `all` that there are and that open later; or `next`: the one that opens next. */
export type FaultTarget = number | "all" | "next";

/** A fault that was injected and has not ended. */
export class ActiveFault {
  readonly id: number;
  readonly fault: Fault;
  /** `next` becomes an id when that connection opens. */
  target: FaultTarget;
  /** How many frames matched, and on how many of them it acted. */
  seen = 0;
  acted = 0;
  /** What it still has to do with frames that it acted on: those that wait, or whose reply it will lose. */
  effects = 0;
  /** It has started, and goes on until it is cleared. */
  #isRunning = false;
  readonly #limit: number;

  constructor(id: number, target: FaultTarget, fault: Fault) {
    this.id = id;
    this.target = target;
    this.fault = fault;
    this.#limit = limitOf(fault);
  }

  /** It acts on no more frames. */
  get isSpent(): boolean {
    return this.acted >= this.#limit;
  }

  get isOver(): boolean {
    return this.isSpent && this.effects === 0 && !this.#isRunning;
  }

  /** A fault that is not about single frames has started, and waits for no frame any more. */
  begin(isLasting: boolean): void {
    this.acted = this.#limit;
    this.#isRunning = isLasting;
  }

  isOn(connection: number): boolean {
    return this.target === "all" || this.target === connection;
  }

  /** Whether it acts on this frame; counts it. `read` gives what the frame says, or null where it says nothing. */
  takes(direction: Direction, read: () => WireFrame | null): boolean {
    if (this.isSpent || !matches(this.fault, direction, read)) return false;
    this.seen += 1;
    if (this.seen <= (matchOf(this.fault)?.after ?? 0)) return false;
    this.acted += 1;
    return true;
  }
}

function matchOf(fault: Fault): FrameMatch | undefined {
  return isLinkFault(fault) ? fault.start : fault.match;
}

function limitOf(fault: Fault): number {
  const count = matchOf(fault)?.count ?? defaultCount(fault);
  return count === "every" ? Number.POSITIVE_INFINITY : count;
}

function defaultCount(fault: Fault): number | "every" {
  switch (fault.kind) {
    case "delay":
    case "never_answer":
      return "every";
    case "reorder":
      return fault.size ?? REORDER_SIZE;
    default:
      return 1;
  }
}

function matches(fault: Fault, direction: Direction, read: () => WireFrame | null): boolean {
  const match = matchOf(fault);
  switch (fault.kind) {
    case "skip_version":
    case "oversize": {
      const wire = direction === "in" ? read() : null;
      return (
        wire !== null && isEnvelopeOf(fault.root, wire) && matchesFrame(match ?? {}, direction, wire.frame)
      );
    }
    case "refuse_join": {
      const wire = direction === "out" ? read() : null;
      return wire !== null && matchesFrame({ event: EVENT.join, ...match }, direction, wire.frame);
    }
    case "never_answer": {
      const wire = direction === "out" ? read() : null;
      return wire !== null && wire.frame.ref !== null && matchesFrame(match ?? {}, direction, wire.frame);
    }
    case "drop":
    case "stall":
    case "half_open":
    case "crash_store":
      return match !== undefined && matchesFrame(match, direction, read()?.frame ?? null);
    case "delay":
    case "duplicate":
    case "reorder":
    case "corrupt":
    case "truncate":
      return match === undefined || matchesFrame(match, direction, read()?.frame ?? null);
    default:
      return assertNever(fault);
  }
}
