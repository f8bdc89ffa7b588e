// Runs in the page's own world before any of its scripts.
import { claimDocument, offerPort } from "../bridge/handover";
import type { TapMessage } from "../bridge/page-message";
import { BATCH_MS, createOutbox } from "./outbox";
import { tapWebSocket } from "./websocket";

if (claimDocument(window)) {
  const port = offerPort(window);
  // Taken now: pages replace timers and clocks, in tests above all, and could reach the port through its prototype.
  const post = port.postMessage.bind(port);
  const delay = window.setTimeout.bind(window);
  const clock = performance.now.bind(performance);
  const origin = performance.timeOrigin;

  const outbox = createOutbox(
    (first, events) => post({ kind: "events", first, events } satisfies TapMessage),
    (run) => delay(run, BATCH_MS),
  );
  // An empty batch says that the tap is there.
  post({ kind: "events", first: 1, events: [] } satisfies TapMessage);
  tapWebSocket(window, outbox, () => origin + clock());
}
