import type { Query } from "../bridge/view";
import { EMPTY } from "../engine/content/draft";
import type { Answerer } from "./answerer";
import { answerQuestion } from "./ask-view";
import { answerChannel, answerChannels } from "./channels-view";
import { answerConnection } from "./connection-life";
import { answerEntry } from "./entry-view";
import { viewEvent } from "./event-view";
import { answerLog } from "./log-view";
import { viewOverview } from "./overview-view";
import { answerPresence } from "./presence-view";
import { viewProblems } from "./problems-view";
import { answerRates } from "./rates-view";
import { createRecalled } from "./recalled";
import { viewRows } from "./rows-view";
import { findRootAt } from "./scene";
import { answerStores } from "./store-lines";
import { viewStore } from "./store-view";
import { answerTimeline } from "./timeline-view";

export function createAnswerer(query: Query): Answerer {
  switch (query.kind) {
    case "overview":
      return viewOverview;
    case "store":
      return onRootChange(query);
    case "rows":
      return ({ recording }) => viewRows(recording, query);
    case "event":
      return onEvent(query.seq);
    case "problems":
      return ({ recording }) => viewProblems(recording.journal, query);
    case "ask":
      return answerQuestion(query);
    case "stores":
      return answerStores(query);
    case "log":
      return answerLog(query);
    case "timeline":
      return answerTimeline(query);
    case "entry":
      return answerEntry(query);
    case "rates":
      return answerRates(query);
    case "channels":
      return answerChannels(query);
    case "channel":
      return answerChannel(query);
    case "presence":
      return answerPresence(query);
    case "connection":
      return answerConnection(query);
  }
}

function onEvent(seq: number): Answerer {
  const recalled = createRecalled(seq);
  return (scene) => viewEvent(scene.recording.journal, seq, () => recalled(scene));
}

/** A store's value can be large: it is built again only when its root holds something else. */
function onRootChange(query: Query & { kind: "store" }): Answerer {
  let seen = "";
  return (scene) => {
    const { recording, at } = scene;
    const root = findRootAt(scene, query.root);
    const place = root?.live.history.countAt(at ?? Number.POSITIVE_INFINITY);
    const stamp = [recording.id(), root?.live.seq, root?.epoch, root?.version, place].join();
    if (stamp === seen) return null;
    const content = root === undefined ? EMPTY : scene.contentOf(root.live);
    if (content === "truncated") return null;
    seen = stamp;
    return viewStore(query, root?.version ?? 0, content);
  };
}
