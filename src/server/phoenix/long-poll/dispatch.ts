import type { LiveSession } from "./sessions";
import type { PollTimers } from "./timers";

/** What became of a post: `timeout` and `gone` tell nothing of its frames, of which the first may have been taken. */
type Dispatched = "ok" | "timeout" | "gone";

/**
 * Hands the frames of one post to their connection, each when the one before is in its channel's mailbox. One that is
 * not there after `dispatchMs`, as behind a slow join, holds up no request any longer: those after it are dropped, as
 * in the real server, and the client starts anew (wire.md 1.6).
 */
export async function dispatchFrames(
  live: LiveSession,
  frames: readonly (string | Uint8Array)[],
  dispatchMs: number,
  timers: PollTimers,
): Promise<Dispatched> {
  for (const frame of frames) {
    if (live.session.isEnded) return "gone";
    if (!(await dispatchFrame(live, frame, dispatchMs, timers))) return "timeout";
  }
  return live.session.isEnded ? "gone" : "ok";
}

/** Whether it was taken, or its session ended, in time. One that waited at the gate until then is not handed over later. */
async function dispatchFrame(
  { link, gate, ended }: LiveSession,
  frame: string | Uint8Array,
  dispatchMs: number,
  timers: PollTimers,
): Promise<boolean> {
  let isLate = false;
  let stopTimer = () => {};
  const late = new Promise<void>((resolve) => {
    stopTimer = timers.after(dispatchMs, () => {
      isLate = true;
      resolve();
    });
  });
  const taken = gate.passed().then(() => (isLate ? undefined : link.receive(frame)));
  await Promise.race([taken, late, ended]);
  stopTimer();
  return !isLate;
}
