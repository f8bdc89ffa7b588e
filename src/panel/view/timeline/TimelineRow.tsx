import type { ComponentChildren } from "preact";
import type { TimelineLine } from "../../../bridge/timeline-view";
import { safeString } from "../../model/safe-text";
import { say } from "../../text/say";
import { formatBytes, formatTime } from "../format";
import { SafeText } from "../SafeText";
import { shortRoot, storeName } from "./entry-text";
import { KindChip } from "./KindChip";

type TimelineRowProps = {
  readonly id: string;
  /** Row number in the whole list, from 0. */
  readonly index: number;
  /** Undefined: its window has not come yet. */
  readonly line: TimelineLine | undefined;
  readonly isChosen: boolean;
  /** It came after the moment that the panel shows; the first such entry has the moment's line. */
  readonly later: "first" | "later" | null;
  readonly onChoose: () => void;
};

/** One entry of the timeline. */
export function TimelineRow({ id, index, line, isChosen, later, onChoose }: TimelineRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      id={id}
      role="row"
      class="entry-row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-seq={line?.seq}
      data-place={line?.place}
      data-kind={line?.kind}
      data-by={line?.by}
      data-later={later ?? undefined}
      onClick={onChoose}
    >
      {line === undefined ? (
        <Cell name="loading" title={say("timeline_loading")} />
      ) : (
        <Cells line={line} isLater={later !== null} />
      )}
    </div>
  );
}

function Cells({ line, isLater }: { readonly line: TimelineLine; readonly isLater: boolean }) {
  const { root, store_id, summary } = line;
  const store = store_id === null ? null : storeName(store_id);
  return (
    <>
      <Cell name="time">
        {formatTime(line.t)}
        {isLater && <span class="visually-hidden">, {say("timeline_later")}</span>}
      </Cell>
      <Cell name="kind">
        <KindChip kind={line.kind} />
      </Cell>
      <Cell name="root" title={root?.root_id ?? null}>
        {root !== null && <SafeText text={shortRoot(root.root_id)} />}
      </Cell>
      <Cell name="store" title={store}>
        {store !== null && <SafeText text={store} />}
      </Cell>
      <Cell name="summary" title={summary}>
        {line.by === "devtools" && <span class="chip">{say("timeline_devtools")}</span>}
        <SafeText text={summary} />
      </Cell>
      <Cell name="size">{line.size > 0 && formatBytes(line.size)}</Cell>
    </>
  );
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
    <span role="gridcell" class={`entry-${name}`} title={title === null ? undefined : safeString(title)}>
      {children}
    </span>
  );
}
