import { createListeners } from "./listeners";
import type { Port } from "./port";

/** A `MessagePort` as a `Port`. Where a browser does not say that the other end is gone, it never closes. */
export function fromMessagePort(port: MessagePort): Port {
  const close = createListeners<[]>();
  port.addEventListener("close", () => close.call());
  port.start();
  return {
    post: (message) => port.postMessage(message),
    onMessage(listener) {
      const heard = ({ data }: MessageEvent<unknown>): void => listener(data);
      port.addEventListener("message", heard);
      return () => port.removeEventListener("message", heard);
    },
    onClose: close.add,
    close: () => port.close(),
  };
}
