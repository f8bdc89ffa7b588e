import type { ComponentChildren } from "preact";
import type { Row } from "../../bridge/view";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";
import { CAPTURE_TEXT } from "./capture-text";
import { formatBytes, formatTime } from "./format";
import { SafeText } from "./SafeText";
import { TEXT } from "./text";

type FrameRowProps = {
  readonly id: string;
  /** Row number in the whole list, from 0. */
  readonly index: number;
  /** Undefined: its window has not come yet. */
  readonly row: Row | undefined;
  readonly isChosen: boolean;
  /** It came after the moment that the panel shows. */
  readonly isLater: boolean;
  readonly onChoose: () => void;
};

/** A sign for each type of event, for where there is no room for its word. */
export const FRAME_SIGNS: Record<Row["type"], string> = {
  out: "↑",
  in: "↓",
  socket: "○",
  open: "●",
  close: "×",
  error: "!",
  page: "□",
  gap: "…",
  base: "≡",
  mark: "⚑",
  unknown: "?",
  broken: "?",
};

/** One line of the list of events. */
export function FrameRow({ id, index, row, isChosen, isLater, onChoose }: FrameRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      id={id}
      role="row"
      class="frame-row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-seq={row?.seq}
      data-type={row?.type}
      data-by={row?.by}
      data-problem={row !== undefined && row.problem !== null}
      data-later={isLater}
      title={isLater ? say("frames_after") : undefined}
      onClick={onChoose}
    >
      {row === undefined ? <Cell name="loading" title={TEXT.loadingRow} /> : <Cells row={row} />}
    </div>
  );
}

function Cells({ row }: { readonly row: Row }) {
  const isFrame = row.type === "in" || row.type === "out";
  return (
    <>
      <Cell name="time">{formatTime(row.t)}</Cell>
      <Cell name="direction" title={TEXT.rowType[row.type]}>
        <span role="img" aria-label={TEXT.rowType[row.type]}>
          {FRAME_SIGNS[row.type]}
        </span>
      </Cell>
      <Cell name="topic" title={row.topic}>
        {row.topic !== null && <SafeText text={row.topic} />}
      </Cell>
      <Cell name="event" title={row.event}>
        {row.event === null ? !isFrame && TEXT.rowType[row.type] : <SafeText text={row.event} />}
      </Cell>
      <Cell name="ref">{row.ref !== null && <SafeText text={row.ref} />}</Cell>
      <Cell name="join-ref">{row.join_ref !== null && <SafeText text={row.join_ref} />}</Cell>
      <Cell name="size">{isFrame && formatBytes(row.size)}</Cell>
      <Cell name="summary" title={row.problem ?? meaningOf(row.type)}>
        {row.by === "devtools" && <span class="chip">{TEXT.byDevtools}</span>}
        <SafeText text={row.summary} />
      </Cell>
    </>
  );
}

/** What stands for other events needs more words than it has room for. */
function meaningOf(type: Row["type"]): string | null {
  return type === "gap" || type === "base" ? CAPTURE_TEXT[type] : null;
}

type CellProps = {
  readonly name: string;
  readonly title?: string | null;
  readonly children?: ComponentChildren;
};

function Cell({ name, title = null, children }: CellProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: the rows of a virtual list are no table
    // biome-ignore lint/a11y/useFocusableInteractive: the grid has the focus
    <span role="gridcell" class={`cell-${name}`} title={title === null ? undefined : safeString(title)}>
      {children}
    </span>
  );
}
