/** Calls `run` once, later; the returned function calls it off. */
export type Schedule = (run: () => void) => () => void;

/** The same, after `ms` milliseconds. */
export type Delay = (run: () => void, ms: number) => () => void;

/** A page that draws no frames (a panel behind another one) is brought up to date this often all the same. */
const MAX_FRAME_WAIT_MS = 500;

/** At the next animation frame. */
export const nextFrame: Schedule = (run) => {
  let frame = 0;
  const timer = setTimeout(finish, MAX_FRAME_WAIT_MS);
  frame = requestAnimationFrame(finish);

  function cancel(): void {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  }
  function finish(): void {
    cancel();
    run();
  }
  return cancel;
};

export const delay: Delay = (run, ms) => {
  const timer = setTimeout(run, ms);
  return () => clearTimeout(timer);
};
