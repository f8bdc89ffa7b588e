import type { Port } from "./port";

/** The part of an extension port (`runtime.Port`) that is used here. */
type ExtensionPort = {
  postMessage(message: unknown): void;
  disconnect(): void;
  readonly onMessage: ListenerList<(message: unknown) => void>;
  readonly onDisconnect: ListenerList<() => void>;
};

type ListenerList<Listener> = {
  addListener(listener: Listener): void;
  removeListener(listener: Listener): void;
};

/** A `runtime.Port` as a `Port`. On a port whose other end is gone nothing throws, and nothing is posted. */
export function fromExtensionPort(port: ExtensionPort): Port {
  let open = true;

  /** An extension that is being reloaded ends its ports first, and says so later or never. */
  function attempt(run: () => void): void {
    try {
      run();
    } catch {
      open = false;
    }
  }

  port.onDisconnect.addListener(() => {
    open = false;
  });
  return {
    post(message) {
      if (open) attempt(() => port.postMessage(message));
    },
    onMessage(listener) {
      port.onMessage.addListener(listener);
      return () => port.onMessage.removeListener(listener);
    },
    onClose(listener) {
      port.onDisconnect.addListener(listener);
      return () => port.onDisconnect.removeListener(listener);
    },
    close() {
      if (open) attempt(() => port.disconnect());
      open = false;
    },
  };
}
