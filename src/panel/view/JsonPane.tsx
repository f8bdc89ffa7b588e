import { useSignal } from "@preact/signals";
import { useLayoutEffect } from "preact/hooks";
import type { Json } from "../../wire/json";
import { valueAt } from "../model/json-entries";
import { linesOf } from "../model/json-line";
import { safeString } from "../model/safe-text";
import { NO_SLOTS, type Slots, writeJson } from "../model/slots";
import { NO_CHANGES, type Revealed, type StoreChanges } from "../model/store-detail";
import type { UnfoldingModel } from "../model/unfolding";
import { say } from "../text/say";
import { CopyButton } from "./CopyButton";
import { JsonLineView } from "./JsonLineView";
import { TEXT } from "./text";
import { VirtualTree } from "./VirtualTree";

type JsonPaneProps = {
  /** What it is to tests and scripts: `state`, `params`, `payload`. */
  readonly name: string;
  readonly label: string;
  /** Shown in the bar; without it something near it says what this is. */
  readonly title?: string;
  readonly value: Json;
  /** What the streams and uploads in the value hold. */
  readonly slots?: Slots;
  readonly unfolding: UnfoldingModel;
  readonly changes?: StoreChanges;
  readonly onStore?: (storeId: readonly string[]) => void;
  /** The value that a person was led to: its line is chosen whenever this is another object. */
  readonly revealed?: Revealed | null;
  /** Shows the history of the value at a path; without it there is none to be shown. */
  readonly onHistory?: (path: string) => void;
};

/** A JSON value as a tree, with a bar that names the chosen place in it and copies from there. */
export function JsonPane(props: JsonPaneProps) {
  const { name, label, title, value, slots = NO_SLOTS, unfolding, changes = NO_CHANGES, onStore } = props;
  const { onHistory, revealed = null } = props;
  const active = useSignal<string | null>(null);
  useLayoutEffect(() => {
    if (revealed !== null) active.value = revealed.path;
  }, [active, revealed]);
  const lines = linesOf(value, unfolding.state.value, slots);
  const path = lines.find((line) => line.key === active.value)?.path ?? "";
  const copied = (): string => toText(valueAt(value, path, slots), slots);

  // Before the tree takes the letter for the beginning of a name.
  function onKey(event: KeyboardEvent): void {
    const isOurs = event.key === "H" && !event.ctrlKey && !event.metaKey && !event.altKey;
    if (!isOurs || onHistory === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    onHistory(path);
  }

  return (
    <section class="json-pane" data-json={name} aria-label={label} onKeyDownCapture={onKey}>
      <div class="json-bar">
        {title !== undefined && <span class="json-title">{title}</span>}
        <code class="json-path" title={safeString(path)}>
          {safeString(path)}
        </code>
        {onHistory !== undefined && (
          <button
            type="button"
            class="button"
            data-action="history"
            title={say("store_history_hint")}
            aria-keyshortcuts="Shift+H"
            onClick={() => onHistory(path)}
          >
            {say("store_history_button")}
          </button>
        )}
        <CopyButton name="copy-value" label={TEXT.copyValue} text={copied} />
        <CopyButton name="copy-path" label={TEXT.copyPath} text={() => path} />
      </div>
      <VirtualTree
        class="json-tree"
        label={label}
        items={lines}
        active={active.value}
        onMove={(line) => {
          active.value = line.key;
        }}
        onActivate={(line) => {
          const { content } = line;
          if (content.kind === "more") unfolding.showMore(line.path);
          else if (content.kind === "marker" && content.marker.kind === "store")
            onStore?.(content.marker.store_id);
          else if (line.expandable) unfolding.toggle(line.path, !line.expanded);
        }}
        onToggle={(line, open) => unfolding.toggle(line.path, open)}
        onCopy={(event) => {
          if (!document.getSelection()?.isCollapsed) return;
          event.preventDefault();
          event.clipboardData?.setData("text/plain", copied());
        }}
        data={(line) => ({ "data-path": line.key === line.path ? line.path : undefined })}
        render={(line) => (
          <JsonLineView
            line={line}
            changes={changes}
            onToggle={(open) => unfolding.toggle(line.path, open)}
            onMore={() => unfolding.showMore(line.path)}
            onStore={onStore}
          />
        )}
      />
    </section>
  );
}

/** A string as it is, anything else as JSON. */
function toText(value: Json | undefined, slots: Slots): string {
  if (typeof value === "string") return value;
  try {
    return value === undefined ? "" : writeJson(value, slots);
  } catch {
    // Nested deeper than can be written.
    return String(value);
  }
}
