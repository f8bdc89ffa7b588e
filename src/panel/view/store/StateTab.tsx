import type { Panel } from "../../model/panel";
import { say } from "../../text/say";
import { JsonPane } from "../JsonPane";
import { Split } from "../Split";
import { HistoryPane } from "./HistoryPane";

type StateTabProps = { readonly panel: Panel; readonly onStore: (storeId: readonly string[]) => void };

/** What the store holds now, and beside it the history of a value of it. */
export function StateTab({ panel, onStore }: StateTabProps) {
  const { detail } = panel.stores;
  const { history, openHistory } = panel.storeTabs;
  const view = detail.view.value;
  const subject = history.subject.value;
  return (
    <Split
      name="store.state"
      share={{ beside: 55, stacked: 55 }}
      first={
        <JsonPane
          name="state"
          label={say("store_tab_state")}
          value={view?.value ?? null}
          slots={detail.slots.value}
          unfolding={detail.unfolding}
          changes={detail.changes.value}
          revealed={detail.revealed.value}
          onStore={onStore}
          onHistory={(path) => openHistory("state", path)}
        />
      }
      second={subject?.within === "state" ? <HistoryPane panel={panel} subject={subject} /> : null}
    />
  );
}
