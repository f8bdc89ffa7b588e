import { useSignal } from "@preact/signals";
import type { EntryView, TimelineLine } from "../../../bridge/timeline-view";
import type { Panel } from "../../model/panel";
import { say, sayCount } from "../../text/say";
import { Fields } from "../Fields";
import { formatBytes, formatTime } from "../format";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { CauseChain } from "./CauseChain";
import { EntryBody, type EntryPart } from "./EntryBody";
import { storeName } from "./entry-text";
import { KindChip } from "./KindChip";

/** The chosen entry: what it is, what led to it and what came of it, what it changed, its frame. */
export function EntryDetail({ panel }: { readonly panel: Panel }) {
  const { choice } = panel.timeline;
  const view = choice.entry.value;
  const chosen = choice.chosen.value;
  // Who goes from envelope to envelope goes on seeing the same part of them.
  const part = useSignal<EntryPart>("changes");
  return (
    <article
      class="details entry-details"
      data-detail="entry"
      data-seq={chosen?.seq}
      aria-label={say("timeline_details")}
    >
      {view === null ? (
        <Skeleton />
      ) : (
        <>
          <EntryHead panel={panel} view={view} place={chosen?.place ?? null} />
          <EntryBody part={part} view={view} unfolding={choice.unfolding} />
        </>
      )}
    </article>
  );
}

type EntryHeadProps = {
  readonly panel: Panel;
  readonly view: EntryView;
  /** Which of the event's entries it is; null: the first one. */
  readonly place: number | null;
};

function EntryHead({ panel, view, place }: EntryHeadProps) {
  const { choice } = panel.timeline;
  const line = view.entries.find((entry) => entry.place === place) ?? view.entries[0];
  return (
    <header class="details-head">
      {line !== undefined && <KindChip kind={line.kind} />}
      <h2>{line === undefined ? `#${view.seq}` : <SafeText text={line.summary} />}</h2>
      <button
        type="button"
        class="button close"
        data-action="close"
        aria-label={say("details_close")}
        title={say("details_close")}
        onClick={() => choice.select(null)}
      >
        ×
      </button>
      {view.event.row === null && line === undefined && <Sentence text={say("timeline_gone")} />}
      {line !== undefined && <EntryFields line={line} />}
      <EntryActions panel={panel} seq={view.seq} />
      {view.event.problems.map((problem) => (
        <p key={problem} class="problem" data-problem-text>
          <SafeText text={problem} />
        </p>
      ))}
      <OtherEntries view={view} shown={line} onChoose={choice.select} />
      <CauseChain view={view} onJump={choice.jump} />
    </header>
  );
}

function EntryFields({ line }: { readonly line: TimelineLine }) {
  const { root, store_id } = line;
  return (
    <Fields
      fields={[
        [say("timeline_field_time"), `${formatTime(line.t)} s, #${line.seq}`],
        [say("timeline_field_root"), root === null ? null : <SafeText text={root.root_id} />],
        [say("timeline_field_store"), store_id === null ? null : <SafeText text={storeName(store_id)} />],
        [say("timeline_field_size"), line.size === 0 ? null : formatBytes(line.size)],
        [say("timeline_field_sender"), line.by === "devtools" ? say("timeline_devtools") : null],
      ]}
    />
  );
}

function EntryActions({ panel, seq }: { readonly panel: Panel; readonly seq: number }) {
  return (
    <div class="entry-actions">
      <button
        type="button"
        class="button"
        data-action="show-frame"
        onClick={() => panel.goTo({ kind: "event", seq, in: "frames" })}
      >
        {say("timeline_frame")}
      </button>
      <button
        type="button"
        class="button"
        data-action="go-to-moment"
        title={say("timeline_moment_why")}
        onClick={() => panel.moment.seek({ kind: "seq", seq })}
      >
        {say("timeline_moment")}
      </button>
    </div>
  );
}

type OtherEntriesProps = {
  readonly view: EntryView;
  readonly shown: TimelineLine | undefined;
  readonly onChoose: (chosen: { readonly seq: number; readonly place: number; readonly row: null }) => void;
};

/** One event may be several entries, such as an envelope and its push events. */
function OtherEntries({ view, shown, onChoose }: OtherEntriesProps) {
  const others = view.entries.filter((entry) => entry !== shown);
  if (others.length === 0) return null;
  return (
    <section class="entry-others">
      <span class="dim">{sayCount("timeline_also", others.length)}</span>
      <ul>
        {others.map((entry) => (
          <li key={entry.place}>
            <KindChip kind={entry.kind} />
            <button
              type="button"
              class="link"
              data-entry={entry.place}
              onClick={() => onChoose({ seq: entry.seq, place: entry.place, row: null })}
            >
              <SafeText text={entry.summary} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
