import type { Transport } from "../transport";

/** A transport that is known before its link is there: `connect` gets it. Until it is bound nothing can be sent. */
export type LateTransport = { readonly transport: Transport; readonly bind: (link: Transport) => void };

export function createLateTransport(name: string): LateTransport {
  let link: Transport | null = null;
  return {
    bind: (bound) => {
      link = bound;
    },
    transport: {
      name,
      send: (data) => link?.send(data),
      close: (code) => link?.close(code),
      cut: () => link?.cut(),
      pause: () => link?.pause?.(),
      resume: () => link?.resume?.(),
    },
  };
}
