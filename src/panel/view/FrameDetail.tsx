import type { EventView } from "../../bridge/view";
import type { Frames } from "../model/frames";
import { CAPTURE_TEXT } from "./capture-text";
import { Fields } from "./Fields";
import { FrameBody } from "./FrameBody";
import { formatBytes, formatDuration, formatTime } from "./format";
import { Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { TEXT } from "./text";

/** The chosen event: what it is, what went wrong with it, its other half, its content. */
export function FrameDetail({ frames }: { readonly frames: Frames }) {
  const { choice } = frames;
  const view = choice.event.value;
  const seq = choice.chosen.value?.seq;
  return (
    <article class="details" data-detail="event" data-seq={seq} aria-label={TEXT.details}>
      {view === null ? (
        <Sentence text={TEXT.loadingRow} />
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
      <h2>{row === null ? `#${view.seq}` : <SafeText text={row.event ?? TEXT.rowType[row.type]} />}</h2>
      {row !== null && (
        <span class="status-word">
          #{row.seq} {TEXT.rowType[row.type]}, {formatTime(row.t)} s
        </span>
      )}
      <button type="button" class="button close" aria-label={TEXT.close} title={TEXT.close} onClick={onClose}>
        ×
      </button>
      {row === null ? <Sentence text={TEXT.noEvent} /> : <EventFields view={view} onJump={onJump} />}
      {(row?.type === "gap" || row?.type === "base") && (
        <p class="meaning" data-meaning={row.type}>
          {CAPTURE_TEXT[row.type]}
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
          [TEXT.fields.topic, row.topic === null ? null : <Value text={row.topic} />],
          [TEXT.fields.ref, row.ref === null ? null : <Value text={row.ref} />],
          [TEXT.fields.joinRef, row.join_ref === null ? null : <Value text={row.join_ref} />],
          [TEXT.fields.socket, row.socket],
          [TEXT.fields.size, isFrame ? formatBytes(row.size) : null],
          [TEXT.fields.by, row.by === "devtools" ? TEXT.byDevtools : null],
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
      {pair.seq > seq ? TEXT.answeredBy(time) : TEXT.answers(time)}{" "}
      <button type="button" class="link" data-pair={pair.seq} onClick={() => onJump(pair.seq)}>
        #{pair.seq}
      </button>
    </p>
  );
}
