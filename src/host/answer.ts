import type { AskQuery, Query, View } from "../bridge/view";
import type { SessionEvent } from "../session/event";
import { viewEvent } from "./event-view";
import { viewOverview } from "./overview-view";
import { viewProblems } from "./problems-view";
import type { Recording } from "./recording";
import { viewRows } from "./rows-view";
import type { Scene } from "./scene";
import { findRoot, viewStore, viewTree } from "./store-view";

/** Gives the view that answers one query now; null: what the query depends on has not changed since the last call. */
export type Answerer = (scene: Scene) => View | null;

export function createAnswerer(query: Query): Answerer {
  switch (query.kind) {
    case "overview":
      return viewOverview;
    case "tree":
    case "store":
      return onRootChange(query);
    case "rows":
      return ({ recording }) => viewRows(recording, query);
    case "event":
      return onEvent(query.seq);
    case "problems":
      return ({ recording }) => viewProblems(recording.journal, query);
    case "ask":
      return onEvents(query);
  }
}

/** What had to be fetched once is held as long as it is looked at. */
function onEvent(seq: number): Answerer {
  let found: { readonly recording: Recording; readonly event: SessionEvent } | null = null;
  return ({ recording, recall }) => {
    function recallOnce(): SessionEvent | null {
      if (found?.recording === recording) return found.event;
      const event = recall(seq);
      if (event !== null) found = { recording, event };
      return event;
    }
    return viewEvent(recording.journal, seq, recallOnce);
  };
}

/** What an answer rests on may be anything that was recorded. */
function onEvents({ question }: AskQuery): Answerer {
  let seen = "";
  return ({ recording }) => {
    const { asker, length } = recording.journal;
    const stamp = [recording.id(), length()].join();
    if (stamp === seen) return null;
    seen = stamp;
    return { kind: "answer", answer: asker.askJson(question) };
  };
}

/** A store's value can be large: it is built again only when its root has moved. */
function onRootChange(query: Query & { kind: "tree" | "store" }): Answerer {
  let seen = "";
  return ({ recording }) => {
    const root = findRoot(recording.journal.engine, query.root);
    const stamp = [recording.id(), root?.epoch, root?.version, root?.last_envelope?.seq].join();
    if (stamp === seen) return null;
    seen = stamp;
    return query.kind === "tree" ? viewTree(query.root, root) : viewStore(query, root);
  };
}
