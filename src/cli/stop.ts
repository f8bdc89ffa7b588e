import { once } from "node:events";

/**
 * Aborts when the program is asked to end: Ctrl-C, SIGTERM, or its terminal gone. From then on the program ends itself
 * in its own order. One Ctrl-C may arrive several times, from the terminal and from each launcher before us, so the
 * second one means nothing.
 */
export function stopSignal(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => controller.abort());
  return controller.signal;
}

/** Waits until `signal` aborts. */
export async function stopped(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, "abort");
}
