import { type ReadonlySignal, signal } from "@preact/signals";
import type { Moment, Position } from "../../bridge/moment";
import type { Delay } from "./schedule";
import type { Seeks } from "./seeks";

/** How many times as fast as it went. */
export const SPEEDS = [1, 2, 5, 10, 20, 50] as const;
export type Speed = (typeof SPEEDS)[number];

/** The session is moved on this often while it is played. */
export const TICK_MS = 50;
/** Where nothing happens for longer than this while somebody watches, the next event comes at once. */
export const MAX_IDLE_MS = 1_000;

/** How far a playback has come. Its `now` and `since` are times of the one who watches. */
export type Run = {
  /** Milliseconds of the session. */
  readonly t: number;
  readonly now: number;
  /** The event that is shown, and since when. */
  readonly seq: number;
  readonly since: number;
  /** Times go back here, so time does not lead on: one event after another. */
  readonly isStepping: boolean;
};

/** What becomes of a playback, and where it has to go for that. */
export type Advance = { readonly run: Run; readonly to: Moment };

export function startRun({ seq, t }: Position, now: number): Run {
  return { t, now, seq, since: now, isStepping: false };
}

/**
 * Goes on with a playback: by the time that has passed, or straight to the next event where the wait got long.
 * @param at where the last advance led
 * @returns null: nothing follows
 */
export function advance(run: Run, at: Position, now: number, speed: Speed): Advance | null {
  if (at.seq >= at.newest) return null;
  if (run.isStepping || at.seq < run.seq) {
    const seq = Math.max(run.seq, at.seq) + 1;
    return { run: { t: at.t, now, seq, since: now, isStepping: true }, to: { kind: "seq", seq } };
  }
  const since = at.seq === run.seq ? run.since : run.now;
  const reached = Math.max(run.t, at.t);
  const next = { now, seq: at.seq, isStepping: false };
  if (now - since >= MAX_IDLE_MS) {
    const to: Moment = { kind: "step", by: "event", direction: 1, root: null };
    return { run: { ...next, t: reached, since: now }, to };
  }
  // A standstill (no host, no timers) is not made up for.
  const t = reached + Math.min(now - run.now, MAX_IDLE_MS) * speed;
  return { run: { ...next, t, since }, to: { kind: "time", t } };
}

/** Plays the session from the moment that is shown, as a film of what happened. */
export type Playback = {
  readonly isPlaying: ReadonlySignal<boolean>;
  /** How far it has come, in milliseconds of the session; null: nothing is played. */
  readonly t: ReadonlySignal<number | null>;
  /** From the moment that is shown; from the beginning where that is the newest one. */
  readonly play: (speed: () => Speed) => void;
  readonly stop: () => void;
};

export type PlaybackTerms = {
  readonly seeks: Pick<Seeks, "at" | "wanted" | "fault" | "seek">;
  readonly delay: Delay;
  /** Milliseconds from any beginning. */
  readonly now: () => number;
  readonly lifetime: AbortSignal;
};

export function createPlayback({ seeks, delay, now, lifetime }: PlaybackTerms): Playback {
  const isPlaying = signal(false);
  const t = signal<number | null>(null);
  let run: Run | null = null;
  let cancel: (() => void) | null = null;

  function stop(): void {
    cancel?.();
    cancel = null;
    run = null;
    isPlaying.value = false;
    t.value = null;
  }

  function goOn(at: Position, speed: Speed): Moment | null {
    run ??= startRun(at, now());
    const next = advance(run, at, now(), speed);
    if (next === null) return null;
    run = next.run;
    t.value = next.run.t;
    return next.to;
  }

  function tick(speed: () => Speed): void {
    cancel = delay(() => tick(speed), TICK_MS);
    if (seeks.wanted.peek() !== null) return;
    const at = seeks.at.peek();
    const hasFailed = run !== null && seeks.fault.peek() !== null;
    const next = at === null || hasFailed ? null : goOn(at, speed());
    if (next === null) stop();
    else seeks.seek(next);
  }

  lifetime.addEventListener("abort", stop, { once: true });

  return {
    ...{ isPlaying, t, stop },
    play(speed) {
      if (isPlaying.peek() || lifetime.aborted) return;
      isPlaying.value = true;
      const at = seeks.at.peek();
      if (at === null || at.seq >= at.newest) seeks.seek({ kind: "seq", seq: 1 });
      else run = startRun(at, now());
      cancel = delay(() => tick(speed), TICK_MS);
    },
  };
}
