// The panel as an ordinary page: its host runs in a worker, and no page is inspected.
import { signal } from "@preact/signals";
import { render } from "preact";
import { createStorageMemory } from "../panel/model/memory";
import { createPanel } from "../panel/model/panel";
import { openWorker } from "../panel/open-worker";
import { loadWords } from "../panel/text/load-words";
import { App } from "../panel/view/App";

const worker = new Worker(new URL("./host.worker.ts", import.meta.url), { type: "module" });
const lifetime = new AbortController();
await loadWords("en");

const panel = createPanel({
  open: () => openWorker(worker),
  access: { url: signal(null), request: null, reload: () => undefined },
  memory: createStorageMemory(() => localStorage, "viewer:"),
  signal: lifetime.signal,
});
document.addEventListener("visibilitychange", () => panel.setIdle(document.hidden));
window.addEventListener("pagehide", () => lifetime.abort());
// What is to be seen is handed in on a port, by a script of this page: it speaks as a content script does.
window.addEventListener("message", ({ source, data, ports: [port] }) => {
  if (source === window && data?.kind === "page" && port !== undefined) {
    worker.postMessage({ kind: "page" }, [port]);
  }
});
render(<App panel={panel} />, document.body);
