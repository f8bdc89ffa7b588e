/**
 * Waits: what a demo store does as if it asked another machine. Tests pass one in that does not take long.
 * Rejects where `signal` aborts before.
 */
export type Pause = (ms: number, signal: AbortSignal) => Promise<void>;

export const pause: Pause = (ms, signal) =>
  new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener("abort", () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
