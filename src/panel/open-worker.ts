import { fromMessagePort } from "../bridge/message-port";
import type { Port } from "../bridge/port";

/** Opens a port to a host that runs in a worker (`serveHost`). */
export function openWorker(worker: Pick<Worker, "postMessage">): Port {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ kind: "panel" }, [port2]);
  return fromMessagePort(port1);
}
