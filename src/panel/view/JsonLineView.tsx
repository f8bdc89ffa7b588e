import type { JsonLine, LineContent } from "../model/json-line";
import type { Marker } from "../model/json-marker";
import type { StoreChanges } from "../model/store-detail";
import { formatStoreId } from "./format";
import { SafeText } from "./SafeText";
import { SlotValue } from "./SlotValue";
import { TEXT } from "./text";
import { useFlash } from "./use-flash";

type JsonLineViewProps = {
  readonly line: JsonLine;
  readonly changes: StoreChanges;
  readonly onToggle: (open: boolean) => void;
  readonly onMore: () => void;
  readonly onStore: ((storeId: readonly string[]) => void) | undefined;
};

/** The inside of one line of a JSON tree. */
export function JsonLineView(props: JsonLineViewProps) {
  const { line, changes } = props;
  const flash = useFlash(stampOf(line, changes), changes.updates);
  return (
    <span class="json-line" data-flash={flash}>
      {line.name !== null && (
        <span class="json-key">
          <SafeText text={line.name} />
          <span class="json-colon">: </span>
        </span>
      )}
      <LineValue {...props} />
    </span>
  );
}

/** What is folded away counts for the line that folds it. */
function stampOf({ path, expanded }: JsonLine, { values, insides }: StoreChanges): number {
  return Math.max(values.get(path) ?? 0, expanded ? 0 : (insides.get(path) ?? 0));
}

function LineValue({ line, onToggle, onMore, onStore }: JsonLineViewProps) {
  const { content } = line;
  switch (content.kind) {
    case "scalar":
      return <Scalar text={content.text} />;
    case "string":
      return <StringValue content={content} expanded={line.expanded} onToggle={onToggle} />;
    case "piece":
      return (
        <span class="json-string">
          <SafeText text={content.text} />
        </span>
      );
    case "container":
      return <Container content={content} expanded={line.expanded} />;
    case "marker":
      return <MarkerValue marker={content.marker} onStore={onStore} />;
    case "slot":
      return <SlotValue slot={content.slot} name={line.name} />;
    case "unsent":
      return <span class="dim">{TEXT.unsent(content.count)}</span>;
    case "more":
      return (
        <button type="button" class="link" tabIndex={-1} onClick={onMore}>
          {TEXT.showMore(content.count)}
        </button>
      );
  }
}

function Scalar({ text }: { readonly text: string }) {
  const isWord = text === "null" || text === "true" || text === "false";
  return (
    <span class={isWord ? "json-word" : "json-number"} data-value>
      {text}
    </span>
  );
}

function StringValue(props: {
  readonly content: LineContent & { kind: "string" };
  readonly expanded: boolean;
  readonly onToggle: (open: boolean) => void;
}) {
  const { content, expanded, onToggle } = props;
  const isCut = content.length > content.text.length;
  return (
    <>
      <span class="json-string" data-value>
        "<SafeText text={content.text} />
        {isCut ? "…" : '"'}
      </span>
      {isCut && (
        <button type="button" class="link" tabIndex={-1} onClick={() => onToggle(!expanded)}>
          {expanded ? TEXT.showLess : TEXT.showAll(content.length)}
        </button>
      )}
    </>
  );
}

function Container(props: {
  readonly content: LineContent & { kind: "container" };
  readonly expanded: boolean;
}) {
  const { content, expanded } = props;
  const count = content.array ? TEXT.items(content.size) : TEXT.keys(content.size);
  return (
    <span class="json-container" data-value>
      {content.size > 0 && <span class="json-count">{count}</span>}
      {!expanded && (
        <span class="json-preview">
          <SafeText text={content.preview} />
        </span>
      )}
    </span>
  );
}

function MarkerValue({
  marker,
  onStore,
}: {
  readonly marker: Marker;
  readonly onStore: JsonLineViewProps["onStore"];
}) {
  switch (marker.kind) {
    case "store":
      return (
        <button
          type="button"
          class="link store-link"
          tabIndex={-1}
          title={TEXT.storeLink}
          data-store-link={JSON.stringify(marker.store_id)}
          onClick={() => onStore?.(marker.store_id)}
        >
          <SafeText text={formatStoreId(marker.store_id)} />
        </button>
      );
    case "stream":
    case "upload":
      return (
        <span class="chip" data-value data-marker={marker.kind}>
          <SafeText text={TEXT[marker.kind](marker.name)} />
        </span>
      );
    case "async":
      return (
        <span class="chip" data-value data-marker="async" data-status={marker.status}>
          {TEXT.async} {TEXT.asyncStatus[marker.status]}
        </span>
      );
  }
}
