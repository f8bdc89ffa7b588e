import type { Port } from "../../bridge/port";
import type { Delay } from "./schedule";

/** How long to wait before each further try to open a port; the last one repeats. */
export const RETRY_MS = [0, 100, 500, 1000, 2000] as const;

/** A port that is opened again whenever it has closed. */
export type SteadyPort = {
  /** Dropped while no port is open. */
  readonly post: (message: unknown) => void;
  /** The port answers: the next failure is tried again at once. */
  readonly settle: () => void;
};

/** Opens a port. May throw: it is tried again. Null: there will never be one again, and nothing is tried. */
export type OpenPort = () => Port | null;

export function createSteadyPort(options: {
  readonly open: OpenPort;
  readonly onMessage: (message: unknown) => void;
  readonly onClose: () => void;
  /** No port will come any more. */
  readonly onEnd: () => void;
  readonly delay: Delay;
  readonly signal: AbortSignal;
}): SteadyPort {
  let port: Port | null = null;
  let attempts = 0;
  let cancelRetry: (() => void) | null = null;

  function connect(): void {
    try {
      port = options.open();
    } catch {
      retry();
      return;
    }
    if (port === null) {
      options.onEnd();
      return;
    }
    port.onMessage(options.onMessage);
    port.onClose(() => {
      port = null;
      options.onClose();
      retry();
    });
  }

  function retry(): void {
    if (options.signal.aborted) return;
    const wait = RETRY_MS[Math.min(attempts, RETRY_MS.length - 1)] ?? 0;
    attempts++;
    cancelRetry = options.delay(connect, wait);
  }

  function end(): void {
    cancelRetry?.();
    port?.close();
  }

  options.signal.addEventListener("abort", end, { once: true });
  connect();

  return {
    post: (message) => port?.post(message),
    settle() {
      attempts = 0;
    },
  };
}
