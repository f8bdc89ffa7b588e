import type { PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";

/** A background that hears nothing for 30 s is ended by the browser (design.md, Contexts that need care). */
export const BEAT_MS = 20_000;

/** The pause before a lost port is opened again: none at first, then longer for as long as each is lost at once. */
export const FIRST_PAUSE_MS = 100;
export const MAX_PAUSE_MS = 2_000;
/** A port that was open for this long was a good one. */
export const STEADY_MS = 5_000;

/** What it takes to attend; times are milliseconds, `now` those of a clock that never goes back. */
export type Surroundings = {
  /** A port to the background; null: the extension was reloaded, and this page belongs to the one before. */
  readonly open: () => Port | null;
  readonly after: (run: () => void, ms: number) => void;
  /** Calls again and again until the returned function is called. */
  readonly every: (run: () => void, ms: number) => () => void;
  readonly now: () => number;
};

/**
 * Tells the background that somebody looks at this tab, for as long as DevTools is open. A background that was killed
 * is started by the port that is opened anew, at once: the panel waits for it.
 */
export function attend(tab: number, { open, after, every, now }: Surroundings): void {
  let pause = 0;

  function connect(): void {
    const port = open();
    if (port === null) return;
    const openedAt = now();
    const post = (message: PanelMessage): void => port.post(message);
    post({ kind: "attach", tab });
    const stopBeat = every(() => post({ kind: "beat" }), BEAT_MS);
    port.onClose(() => {
      stopBeat();
      pause = now() - openedAt < STEADY_MS ? longer(pause) : 0;
      after(connect, pause);
    });
  }

  connect();
}

function longer(pause: number): number {
  return Math.min(MAX_PAUSE_MS, Math.max(FIRST_PAUSE_MS, pause * 2));
}
