import { useEffect } from "preact/hooks";
import type { Panel } from "../../model/panel";
import { say, sayCount } from "../../text/say";
import { JsonPane } from "../JsonPane";
import { Split } from "../Split";
import { HistoryPane } from "./HistoryPane";

type StateTabProps = { readonly panel: Panel; readonly onStore: (storeId: readonly string[]) => void };

/** What can be done with the chosen value, by name and by the keys that the tree has, too. */
const ACTIONS = [
  ["copy-value", "json_copy_value", []],
  ["copy-path", "json_copy_path", ["Shift+Y"]],
  ["copy-json", "json_copy_json", ["Shift+J"]],
  ["expand", "json_expand_hint", ["Shift+E"]],
  ["pin", "json_pin_hint", ["Shift+P"]],
  ["history", "json_history_hint", ["Shift+H"]],
] as const;

/** What the store holds now, and beside it the history of a value of it. */
export function StateTab({ panel, onStore }: StateTabProps) {
  const { detail } = panel.stores;
  const { history, openHistory, pins } = panel.storeTabs;
  const subject = history.subject.value;
  useEffect(
    () =>
      panel.actions.add(
        ...ACTIONS.map(([name, words, keys]) => ({
          ...{ id: `stores.${name}`, keys, isPossible: () => true, label: () => say(words) },
          run: () => document.querySelector<HTMLElement>(`[data-json=state] [data-action=${name}]`)?.click(),
        })),
      ),
    [panel],
  );
  return (
    <Split
      name="store.state"
      share={{ beside: 55, stacked: 55 }}
      first={
        <JsonPane
          name="state"
          label={say("store_tab_state")}
          value={detail.view.value?.value ?? null}
          besides={{ slots: detail.slots.value, digits: detail.digits.value }}
          unfolding={detail.unfolding}
          changes={detail.changes.value}
          since={detail.since.value?.changed}
          pins={{ paths: pins.paths.value, toggle: pins.toggle }}
          onStore={onStore}
          onItems={detail.showItems}
          onHistory={(path) => openHistory("state", path)}
        >
          <SinceNote panel={panel} />
        </JsonPane>
      }
      second={subject?.within === "state" ? <HistoryPane panel={panel} subject={subject} /> : null}
    />
  );
}

/** Says that something has changed since the store was looked at last, and leads to it. */
function SinceNote({ panel }: { readonly panel: Panel }) {
  const { since, nextSince, clearSince } = panel.stores.detail;
  if (since.value === null) return null;
  const { stops, version } = since.value;
  return (
    <div class="json-note" data-since-count={stops.length}>
      <span role="status">{sayCount("state_since", stops.length, String(version))}</span>
      <button type="button" class="button" data-action="next-since" onClick={nextSince}>
        {say("state_since_next")}
      </button>
      <button type="button" class="button" data-action="clear-since" onClick={clearSince}>
        {say("state_since_clear")}
      </button>
    </div>
  );
}
