import { isObject } from "../bridge/guard";
import { fromMessagePort } from "../bridge/message-port";
import { DEFAULT_SETTINGS } from "../bridge/settings";
import { createHost } from "./host";

/** The part of a worker's global scope that is used here. */
type WorkerScope = {
  readonly addEventListener: (
    type: "message",
    listener: (event: Pick<MessageEvent<unknown>, "data" | "ports">) => void,
  ) => void;
};

/**
 * Runs a host in a worker, in memory alone. Each message brings a port: `{kind: "panel"}` one that a panel asks on,
 * `{kind: "page"}` one on which a document's content script would speak (`ContentMessage`).
 */
export function serveHost(scope: WorkerScope): void {
  const host = createHost({
    schedule: (run, ms) => void setTimeout(run, ms),
    store: null,
    settings: DEFAULT_SETTINGS,
  });
  scope.addEventListener("message", ({ data, ports: [port] }) => {
    if (port === undefined || !isObject(data)) return;
    if (data.kind === "panel") host.connectPanel(fromMessagePort(port));
    if (data.kind === "page") host.connectPage(fromMessagePort(port), null);
  });
}
