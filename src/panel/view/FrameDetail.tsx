import type { EventView } from "../../bridge/view";
import type { Frames } from "../model/frames";
import { say } from "../text/say";
import { Fields } from "./Fields";
import { FrameBody } from "./FrameBody";
import { formatBytes, formatDuration, formatTime } from "./format";
import { Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { Skeleton } from "./Skeleton";

/** The chosen event: what it is, what went wrong with it, its other half, its content. */
export function FrameDetail({ frames }: { readonly frames: Frames }) {
  const { choice } = frames;
  const view = choice.event.value;
  const seq = choice.chosen.value?.seq;
  return (
    <article class="details" data-detail="event" data-seq={seq} aria-label={say("frames_details")}>
      {view === null ? (
        <Skeleton />
      ) : (
        <>
          <EventHead view={view} onClose={() => choice.select(null)} onJump={choice.jump} />
          <FrameBody key={view.seq} view={view} unfolding={choice.unfolding} />
        </>
      )}
    </article>
  );
}

type EventHeadProps = {
  readonly view: EventView;
  readonly onClose: () => void;
  readonly onJump: (seq: number) => void;
};

function EventHead({ view, onClose, onJump }: EventHeadProps) {
  const { row } = view;
  return (
    <header class="details-head">
      <h2>
        {row === null ? `#${view.seq}` : <SafeText text={row.event ?? say(`frames_type_${row.type}`)} />}
      </h2>
      {row !== null && (
        <span class="status-word">
          #{row.seq} {say(`frames_type_${row.type}`)}, {formatTime(row.t)} s
        </span>
      )}
      <button
        type="button"
        class="button close"
        aria-label={say("details_close")}
        title={say("details_close")}
        onClick={onClose}
      >
        ×
      </button>
      {row === null ? <Sentence text={say("timeline_gone")} /> : <EventFields view={view} onJump={onJump} />}
      {(row?.type === "gap" || row?.type === "base") && (
        <p class="meaning" data-meaning={row.type}>
          {say(`frames_meaning_${row.type}`)}
        </p>
      )}
      {view.problems.map((problem) => (
        <p key={problem} class="problem" data-problem-text>
          <SafeText text={problem} />
        </p>
      ))}
    </header>
  );
}

function EventFields({ view, onJump }: Pick<EventHeadProps, "view" | "onJump">) {
  const { row, pair } = view;
  if (row === null) return null;
  const isFrame = row.type === "in" || row.type === "out";
  return (
    <>
      <Fields
        fields={[
          [say("frames_column_topic"), row.topic === null ? null : <Value text={row.topic} />],
          [say("frames_column_ref"), row.ref === null ? null : <Value text={row.ref} />],
          [say("channels_join_ref"), row.join_ref === null ? null : <Value text={row.join_ref} />],
          [say("frames_socket"), row.socket],
          [say("frames_column_size"), isFrame ? formatBytes(row.size) : null],
          [say("timeline_field_sender"), row.by === "devtools" ? say("timeline_devtools") : null],
        ]}
      />
      {pair !== null && <PairLink seq={view.seq} pair={pair} onJump={onJump} />}
    </>
  );
}

function Value({ text }: { readonly text: string }) {
  return (
    <code>
      <SafeText text={text} />
    </code>
  );
}

type PairLinkProps = {
  readonly seq: number;
  readonly pair: { readonly seq: number; readonly ms: number };
  readonly onJump: (seq: number) => void;
};

/** A reply comes after its push, so the order of the two tells which is which. */
function PairLink({ seq, pair, onJump }: PairLinkProps) {
  const time = formatDuration(pair.ms);
  return (
    <p class="pair">
      {say(pair.seq > seq ? "frames_answered_by" : "frames_answers", time)}{" "}
      <button type="button" class="link" data-pair={pair.seq} onClick={() => onJump(pair.seq)}>
        #{pair.seq}
      </button>
    </p>
  );
}
