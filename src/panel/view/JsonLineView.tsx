import { readIsoDate } from "../model/iso-date";
import type { Change } from "../model/json-change";
import type { JsonLine } from "../model/json-line";
import type { Marker } from "../model/json-marker";
import { type LineContent, MAX_STRING_CHARS } from "../model/line-content";
import { cutText } from "../model/safe-text";
import type { StoreChanges } from "../model/store-detail";
import { say, sayCount, sayDate } from "../text/say";
import { formatBytes, formatStoreId } from "./format";
import { SafeText } from "./SafeText";
import { SlotValue } from "./SlotValue";
import { useFlash } from "./use-flash";

type JsonLineViewProps = {
  readonly line: JsonLine;
  readonly changes: StoreChanges;
  /** The update that is news; -1: none. */
  readonly latest: number;
  /** What is marked as changed since it was looked at last. */
  readonly since?: ReadonlyMap<string, Change> | undefined;
  readonly onToggle: (open: boolean) => void;
  /** Does what the line is for: leads to its store, shows more of its list. */
  readonly onActivate: () => void;
};

/** The inside of one line of a JSON tree. */
export function JsonLineView(props: JsonLineViewProps) {
  const { line, changes, latest, since } = props;
  const change = since?.get(line.path);
  const isMarked = change === "value" || (change === "inside" && !line.expanded);
  const flash = useFlash(stampOf(line, changes), latest);
  return (
    <span class="json-line" ref={flash} data-since={isMarked || undefined}>
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

function LineValue({ line, onToggle, onActivate }: JsonLineViewProps) {
  const { content } = line;
  switch (content.kind) {
    case "scalar":
      return <Scalar content={content} />;
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
      return <MarkerValue marker={content.marker} onStore={onActivate} />;
    case "slot":
      return <SlotValue slot={content.slot} name={line.name} />;
    case "unsent":
      return <span class="dim">{say("json_unsent", content.count)}</span>;
    case "gone":
      return <span class="dim">{say("json_gone")}</span>;
    case "more":
    case "earlier":
    case "later":
      return (
        <button type="button" class="link" tabIndex={-1} data-action={content.kind} onClick={onActivate}>
          {say(`json_show_${content.kind}`, content.count)}
        </button>
      );
  }
}

function Scalar({ content: { text, digits } }: { readonly content: LineContent & { kind: "scalar" } }) {
  const isWord = text === "null" || text === "true" || text === "false";
  if (digits !== undefined) {
    const title = digits === null ? say("json_number_unknown") : say("json_number_rounded", text);
    return (
      <span class="json-number" data-value data-rounded title={title}>
        {digits ?? text}
      </span>
    );
  }
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
      <DateNote text={content.text} />
      {isCut && (
        <button type="button" class="link" tabIndex={-1} onClick={() => onToggle(!expanded)}>
          {expanded ? say("json_show_less") : say("json_show_all", content.length)}
        </button>
      )}
    </>
  );
}

function DateNote({ text }: { readonly text: string }) {
  const date = readIsoDate(text);
  if (date === null) return null;
  return (
    <span class="json-date" data-date={date.kind} title={say(`json_date_${date.kind}`)}>
      {sayDate(date.ms, DATE_STYLES[date.kind])}
    </span>
  );
}

/** What is written without a zone is shown without one: as if it were UTC, in UTC. */
const DATE_STYLES = {
  instant: { dateStyle: "medium", timeStyle: "long" },
  wall: { dateStyle: "medium", timeStyle: "medium", timeZone: "UTC" },
  day: { dateStyle: "full", timeZone: "UTC" },
} as const;

function Container(props: {
  readonly content: LineContent & { kind: "container" };
  readonly expanded: boolean;
}) {
  const { content, expanded } = props;
  const count = sayCount(content.array ? "json_items" : "json_keys", content.size);
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

function MarkerValue({ marker, onStore }: { readonly marker: Marker; readonly onStore: () => void }) {
  switch (marker.kind) {
    case "store":
      return (
        <button
          type="button"
          class="link store-link"
          tabIndex={-1}
          title={say("json_store")}
          data-store-link={JSON.stringify(marker.store_id)}
          onClick={onStore}
        >
          <SafeText text={formatStoreId(marker.store_id)} />
        </button>
      );
    case "stream":
    case "upload":
      return (
        <span class="chip" data-value data-marker={marker.kind}>
          <SafeText text={say(`json_${marker.kind}`, marker.name)} />
        </span>
      );
    case "term":
      return (
        <span class="json-term" data-value data-marker="term" title={say("json_term")}>
          <SafeText text={cutText(marker.text, MAX_STRING_CHARS)} />
        </span>
      );
    case "cut":
      return (
        <>
          <span class="chip" data-marker="cut">
            {say("json_cut", formatBytes(marker.bytes))}
          </span>
          <span class="json-preview" data-value>
            <SafeText text={cutText(marker.head, MAX_STRING_CHARS)} />
          </span>
        </>
      );
    case "async":
      return (
        <span class="chip" data-value data-marker="async" data-status={marker.status}>
          {say(`json_async_${marker.status}`)}
        </span>
      );
  }
}
