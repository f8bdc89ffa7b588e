import type { ComponentChildren } from "preact";
import type { ChannelLine } from "../../../bridge/life-view";
import { safeString } from "../../model/safe-text";
import { say, sayCount } from "../../text/say";
import { formatBytes, formatTime } from "../format";
import { SafeText } from "../SafeText";
import { StatusDot } from "../StatusDot";

type ChannelRowProps = {
  readonly id: string;
  /** Row number in the whole list, from 0. */
  readonly index: number;
  /** Undefined: its window has not come yet. */
  readonly line: ChannelLine | undefined;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
};

/** One line of the list of channels. */
export function ChannelRow({ id, index, line, isChosen, onChoose }: ChannelRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    // biome-ignore lint/a11y/useSemanticElements: a virtual list is no table
    <div
      id={id}
      role="row"
      class="channel-row"
      aria-rowindex={index + 2}
      aria-selected={isChosen}
      data-connection={line?.connection}
      data-topic={line?.topic}
      data-state={line?.state}
      data-kind={line?.kind}
      onClick={onChoose}
    >
      {line === undefined ? <Cell name="loading" title={say("channels_loading")} /> : <Cells line={line} />}
    </div>
  );
}

function Cells({ line }: { readonly line: ChannelLine }) {
  const { topic, kind, state, joins, last, present } = line;
  return (
    <>
      <Cell name="connection">{line.connection}</Cell>
      <Cell name="topic" title={topic}>
        <SafeText text={topic} />
      </Cell>
      <Cell name="kind">{say(`channels_kind_${kind}`)}</Cell>
      <Cell name="state">
        <StatusDot status={state} /> {say(`channels_state_${state}`)}
      </Cell>
      <Cell name="joins" title={sayCount("channels_joins", joins)}>
        {joins}
      </Cell>
      <Cell name="present">{present}</Cell>
      <Cell name="received">{line.received}</Cell>
      <Cell name="sent">{line.sent}</Cell>
      <Cell name="bytes">{formatBytes(line.bytes)}</Cell>
      <Cell name="time">{last !== null && formatTime(last.t)}</Cell>
      <Cell name="last" title={last?.event ?? null}>
        {last !== null && <SafeText text={last.event} />}
      </Cell>
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
    <span role="gridcell" class={`channel-${name}`} title={title === null ? undefined : safeString(title)}>
      {children}
    </span>
  );
}
