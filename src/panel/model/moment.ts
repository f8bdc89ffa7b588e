import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import { type Moment, type Position, STEPS, type StepBy } from "../../bridge/moment";
import type { RatesView } from "../../bridge/timeline-view";
import type { OverviewView, RootKey } from "../../bridge/view";
import type { Actions } from "./actions";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import type { Memory } from "./memory";
import { addMomentActions, type MomentControls } from "./moment-actions";
import { onOtherSession } from "./other-session";
import { createPlayback, SPEEDS, type Speed } from "./playback";
import type { Delay } from "./schedule";
import type { SeekFault } from "./seeks";
import { areSame, type StepRoot, stepRootsOf } from "./step-roots";
import { bucketsFor, MIN_BUCKETS } from "./track";
import { createWatch } from "./watch";

/** At which moment of the session everything is shown. */
export type MomentModel = MomentControls & {
  /** Null: where the session is. */
  readonly at: ReadonlySignal<Position | null>;
  /** Whether the session goes on; false: its page was left. */
  readonly isLive: ReadonlySignal<boolean>;
  /** The session's last event as far as it is known here; null: there is none yet. */
  readonly newest: ReadonlySignal<Newest | null>;
  /** Goes there as soon as the host has got there; stops playing. */
  readonly seek: (to: Moment | null) => void;
  readonly speed: Signal<Speed>;
  /** What the buttons step by, and of which root only; null: of all. */
  readonly stepBy: Signal<StepBy>;
  readonly stepRoot: Signal<RootKey | null>;
  readonly stepRoots: ReadonlySignal<readonly StepRoot[]>;
  /** Why the last wish was not met, for a while. */
  readonly fault: ReadonlySignal<SeekFault | null>;
  /** Where a person is to see the moment, in milliseconds of the session: on the way there already. Null: at the end. */
  readonly thumb: ReadonlySignal<number | null>;
  /** How much happened when. */
  readonly rates: ReadonlySignal<RatesView | null>;
  /** Tells how wide the track is, in CSS pixels. */
  readonly see: (width: number) => void;
};

export type Newest = { readonly seq: number; readonly t: number };

export type MomentTerms = {
  readonly link: Link;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly memory: Memory;
  readonly actions: Actions;
  readonly delay: Delay;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  readonly lifetime: AbortSignal;
};

/** The last event, whichever it is when the host gets there. */
const NEWEST: Moment = { kind: "time", t: Number.MAX_SAFE_INTEGER };
/** Long enough to be read. */
export const FAULT_MS = 6_000;
const SPEED_NAME = "moment-speed";
const STEP_NAME = "moment-step";

export function createMoment(terms: MomentTerms): MomentModel {
  const { link, overview, memory, actions, lifetime } = terms;
  const seeks = link.moment;
  const playback = createPlayback({ seeks, ...terms });
  const width = signal(0);
  const rates = createWatch(link, "rates", lifetime);
  const speed = signal(keptIn(memory, SPEED_NAME, SPEEDS, 1));
  const stepBy = signal(keptIn(memory, STEP_NAME, STEPS, "envelope"));
  const stepRoot = signal<RootKey | null>(null);
  const newest = computed(() => {
    const seq = Math.max(overview.value?.session.events ?? 0, seeks.at.value?.newest ?? 0);
    const t = Math.max(rates.view.value?.newest_t ?? 0, seeks.at.value?.newest_t ?? 0);
    return seq === 0 ? null : { seq, t };
  });
  let stepRoots: readonly StepRoot[] = [];

  effectUntil(lifetime, () => {
    const buckets = width.value === 0 ? MIN_BUCKETS : bucketsFor(width.value);
    rates.ask({ kind: "rates", from_t: 0, to_t: "end", buckets });
  });
  effectUntil(lifetime, () => memory.write(SPEED_NAME, speed.value));
  effectUntil(lifetime, () => memory.write(STEP_NAME, stepBy.value));

  // A page that comes is not looked at in the past of the one before.
  onOtherSession(overview, lifetime, leave);

  function leave(): void {
    playback.stop();
    stepRoot.value = null;
    // Also one that is on its way would lead into the past of the page that has come.
    if (seeks.at.peek() !== null || seeks.wanted.peek() !== null) seeks.seek(null);
  }

  function seek(to: Moment | null): void {
    playback.stop();
    seeks.seek(to);
  }

  const model: MomentModel = {
    ...{ at: seeks.at, newest, seek, playback, speed, stepBy, stepRoot, rates: rates.view },
    hasEvents: computed(() => newest.value !== null),
    isLive: computed(() => overview.value?.session.isLive !== false),
    stepRoots: computed(() => {
      const next = stepRootsOf(overview.value, stepRoot.value);
      if (!areSame(stepRoots, next)) stepRoots = next;
      return stepRoots;
    }),
    isPast: computed(() => seeks.at.value !== null),
    step(by, direction) {
      // Nothing has come after what is live.
      if (direction === -1 || seeks.at.peek() !== null || seeks.wanted.peek() !== null) {
        seek({ kind: "step", by, direction, root: stepRoot.peek() });
      }
    },
    pause: () => seek(NEWEST),
    live: () => seek(null),
    play: () => playback.play(() => speed.peek()),
    fault: passing(seeks.fault, terms.delay, lifetime),
    thumb: computed(() => {
      const { to } = seeks.wanted.value ?? { to: null };
      const wanted = to?.kind === "time" ? to.t : null;
      return playback.t.value ?? wanted ?? seeks.at.value?.t ?? null;
    }),
    see: (seen) => {
      width.value = seen;
    },
  };
  addMomentActions(actions, model);
  return model;
}

/** What was chosen the last time, where that is still a choice. */
function keptIn<T extends string | number>(
  memory: Memory,
  name: string,
  choices: readonly T[],
  otherwise: T,
): T {
  const kept = memory.read(name);
  return choices.find((choice) => choice === kept) ?? otherwise;
}

/** The same fault until somebody has had time to read it. */
function passing(
  fault: ReadonlySignal<SeekFault | null>,
  delay: Delay,
  lifetime: AbortSignal,
): ReadonlySignal<SeekFault | null> {
  const shown = signal<SeekFault | null>(null);
  let cancel: (() => void) | null = null;

  function forget(): void {
    shown.value = null;
  }

  effectUntil(lifetime, () => {
    shown.value = fault.value;
    cancel?.();
    cancel = fault.value === null ? null : delay(forget, FAULT_MS);
  });
  return shown;
}
