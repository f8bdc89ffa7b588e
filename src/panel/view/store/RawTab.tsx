import { useMemo } from "preact/hooks";
import { writeJson } from "../../model/json-text";
import { splitText } from "../../model/line-content";
import type { Panel } from "../../model/panel";
import { say } from "../../text/say";
import { CopyButton } from "../CopyButton";
import { SafeText } from "../SafeText";
import { VirtualList } from "../VirtualList";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

/** The store's value as JSON, with what its streams and uploads hold in their places. */
export function RawTab({ panel }: { readonly panel: Panel }) {
  const { detail } = panel.stores;
  const [value, slots, digits] = [detail.view.value?.value ?? null, detail.slots.value, detail.digits.value];
  const text = useMemo(() => writeJson(value, { slots, digits }), [value, slots, digits]);
  const lines = useMemo(() => splitText(text, Number.POSITIVE_INFINITY), [text]);
  const unsent = [...slots.values()].some((slot) => slot.kind === "stream" && slot.items.length < slot.total);
  return (
    <section class="raw" aria-label={say("store_tab_raw")}>
      <div class="json-bar">
        <span class="dim gap">{unsent && say("store_raw_parts")}</span>
        <CopyButton name="copy-json" label={say("json_copy_json")} text={() => text} />
      </div>
      <div class="raw-text" data-raw>
        <VirtualList
          total={lines.length}
          rowHeight={ROW_HEIGHT}
          attributes={{ class: "raw-lines", tabIndex: 0, role: "group", "aria-label": say("store_tab_raw") }}
          render={({ first, count }) =>
            lines.slice(first, first + count).map((line, index) => (
              <div key={first + index} class="raw-line">
                <SafeText text={line.replace("\n", "")} />
              </div>
            ))
          }
        />
      </div>
    </section>
  );
}
