// Runs in the page's own world before any of its scripts.
import { claimDocument, offerPort } from "../bridge/handover";
import { tapFetch } from "./fetch";
import { messageData, readerOf } from "./native";
import { createRecorder } from "./recorder";
import { tapWebSocket } from "./websocket";
import { tapXhr } from "./xhr";

if (claimDocument(window)) {
  const { port, onFlush } = offerPort(window);
  // Taken now: pages replace timers and clocks, in tests above all, and could reach the port through its prototype.
  const post = port.postMessage.bind(port);
  const delay = window.setTimeout.bind(window);
  const clock = performance.now.bind(performance);
  const origin = performance.timeOrigin;
  const readBase = readerOf(Node.prototype, "baseURI").bind(null, document);

  const recorder = createRecorder({ post, schedule: delay, now: () => origin + clock() });
  // The other end is the extension's, where no page can reach.
  port.onmessage = recorder.guard((event: MessageEvent) => recorder.obey(messageData(event)));
  // Where the other end goes without a word, nobody will take anything any more.
  port.addEventListener("close", recorder.stop);
  onFlush(recorder.flush);

  // An empty batch says that the tap is there.
  post({ kind: "events", first: 1, events: [] });
  // What another extension has put in the platform's place may be of any kind.
  recorder.guard(tapWebSocket)(recorder);
  recorder.guard(tapXhr)(recorder, readBase);
  recorder.guard(tapFetch)(recorder);
}
