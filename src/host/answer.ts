import type { Query } from "../bridge/view";
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
import { answerStores } from "./store-lines";
import { answerStore } from "./store-view";
import { answerTimeline } from "./timeline-view";

export function createAnswerer(query: Query): Answerer {
  switch (query.kind) {
    case "overview":
      return viewOverview;
    case "store":
      return answerStore(query);
    case "rows":
      return ({ recording }) => viewRows(recording, query);
    case "event":
      return onEvent(query.seq);
    case "problems":
      return (scene) => viewProblems(scene, query);
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
