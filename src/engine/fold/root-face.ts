import type { NamedMount } from "../../wire/mount";
import type { RootStatus, Wire } from "../inspection";
import type { LiveRoot } from "../live";
import { type Clock, createTimed, type Timed } from "./timed";

/** What a root shows that its history does not hold, now and after any event. */
export type RootFace = Pick<LiveRoot, "module" | "caller_id" | "params"> & {
  status: RootStatus;
  wire: Wire;
  epoch: number;
  kept: LiveRoot["kept"];
  /** What was mounted. */
  readonly mount: Timed<NamedMount>;
  readonly past: RootPast;
};

type RootPast = {
  readonly statusAt: (seq: number) => RootStatus | undefined;
  readonly wireAt: (seq: number) => Wire | undefined;
  readonly epochAt: (seq: number) => number | undefined;
  readonly keptAt: (seq: number) => LiveRoot["kept"] | undefined;
  /** The event that accepted the mount of the epoch of then, from which on its version counted anew. */
  readonly mountedAt: Timed<number>;
};

const NOTHING_KEPT: LiveRoot["kept"] = { stream_ops: 0, upload_ops: 0 };

/** Gives the rest of a root the face of one that nobody has mounted yet. */
export function withRootFace<Rest extends object>(
  rest: Rest,
  clock: Clock,
  first: Wire,
  mount: Timed<NamedMount>,
): Rest & RootFace {
  const wire = createTimed(clock, first);
  const status = createTimed<RootStatus>(clock, "refused");
  const epoch = createTimed(clock, 0);
  const kept = createTimed<LiveRoot["kept"]>(clock, NOTHING_KEPT);
  const mountedAt = createTimed(clock, clock.seq);
  // The accessors come last: an object that begins with some is a dictionary to V8, and slow.
  return {
    ...rest,
    mount,
    past: { statusAt: status.at, wireAt: wire.at, epochAt: epoch.at, keptAt: kept.at, mountedAt },
    get module() {
      return mount.now().module;
    },
    get caller_id() {
      return mount.now().id;
    },
    get params() {
      return mount.now().params;
    },
    get wire() {
      return wire.now();
    },
    set wire(next) {
      wire.set(next);
    },
    get status() {
      return status.now();
    },
    set status(next) {
      status.set(next);
    },
    get epoch() {
      return epoch.now();
    },
    set epoch(next) {
      epoch.set(next);
    },
    get kept() {
      return kept.now();
    },
    set kept(next) {
      kept.set(next);
    },
  };
}
