import type { ToldRender } from "../../../engine/ask/assigns";
import type { Panel } from "../../model/panel";
import { safeString } from "../../model/safe-text";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { JsonPane } from "../JsonPane";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { Split } from "../Split";
import { VirtualList } from "../VirtualList";
import { Durations } from "./ChangesTab";
import { HistoryPane } from "./HistoryPane";
import { RefusedSentence } from "./RefusedSentence";
import { SeqLink } from "./SeqLink";
import { WrittenRow } from "./WrittenRow";

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 44;

/** What the store holds on the server, where that shows it, and why it changed (lens.md). */
export function AssignsTab({ panel }: { readonly panel: Panel }) {
  const { assigns, history, openHistory } = panel.storeTabs;
  const answered = assigns.answered.value;
  const subject = history.subject.value;
  if (answered === null) return <Skeleton />;
  if (!answered.ok) return <RefusedSentence text={answered.message} />;
  const { module, assigns: held, renders } = answered.answer;
  if (held === null) return <Sentence text={say("store_assigns_none")} />;
  return (
    <Split
      name="store.assigns"
      share={{ beside: 50, stacked: 50 }}
      first={
        <JsonPane
          name="assigns"
          label={say("store_tab_assigns")}
          {...(module !== null && { title: safeString(module) })}
          value={held}
          unfolding={assigns.unfolding}
          onHistory={(path) => openHistory("assigns", path)}
        />
      }
      second={
        subject?.within === "assigns" ? (
          <HistoryPane panel={panel} subject={subject} />
        ) : (
          <Renders panel={panel} renders={renders} />
        )
      }
    />
  );
}

type RendersProps = { readonly panel: Panel; readonly renders: readonly ToldRender[] };

function Renders({ panel, renders }: RendersProps) {
  return (
    <section class="value-history" aria-label={say("store_renders")}>
      <div class="json-bar">
        <span class="json-title">{say("store_renders")}</span>
      </div>
      {renders.length === 0 ? (
        <Sentence text={say("store_renders_none")} />
      ) : (
        <VirtualList
          total={renders.length}
          rowHeight={ROW_HEIGHT}
          attributes={{ role: "list", "aria-label": say("store_renders"), tabIndex: 0 }}
          render={({ first, count }) =>
            renders.slice(first, first + count).map((render, offset) => (
              <WrittenRow
                key={render.seq}
                place={{ row: first + offset, total: renders.length }}
                data={{ "data-render": render.seq }}
              >
                <Render panel={panel} render={render} />
              </WrittenRow>
            ))
          }
        />
      )}
    </section>
  );
}

function Render({ panel, render }: { readonly panel: Panel; readonly render: ToldRender }) {
  const { seq, t, version, cause, changed, removed, us } = render;
  const why = [cause?.kind ?? null, cause?.name ?? null].filter((word) => word !== null);
  return (
    <>
      <span class="written-value">
        <span class="json-key">
          <SafeText text={changed.length === 0 ? say("store_changed_none") : changed.join(", ")} />
        </span>
        {removed.length > 0 && (
          <del>
            <SafeText text={removed.join(", ")} />
          </del>
        )}
      </span>
      <span class="written-by">
        {say("store_version", String(version))}, {say("store_seconds", formatTime(t))},{" "}
        <SeqLink panel={panel} seq={seq} />
        {why.length > 0 && (
          <>
            {" "}
            {say("store_because")} <SafeText text={why.join(" ")} />
          </>
        )}
        {us !== null && (
          <>
            , <Durations us={us} />
          </>
        )}
      </span>
    </>
  );
}
