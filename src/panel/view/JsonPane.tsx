import type { ComponentChildren } from "preact";
import { useMemo } from "preact/hooks";
import type { Change } from "../model/json-change";
import { type JsonLine, linesOf, MAX_LEVEL_LINES, pathOf, pinnedLines } from "../model/json-line";
import { copiedText, NO_DIGITS } from "../model/json-text";
import { NO_SLOTS } from "../model/slots";
import { NO_CHANGES, type StoreChanges } from "../model/store-detail";
import { say } from "../text/say";
import { JsonBar, type JsonBarProps } from "./JsonBar";
import { JsonLineView } from "./JsonLineView";
import { JSON_KEYS, unfoldForKey } from "./json-keys";
import { useNews } from "./use-flash";
import { VirtualTree } from "./VirtualTree";

type JsonPaneProps = JsonBarProps & {
  /** What it is to tests and scripts: `state`, `params`, `payload`. */
  readonly name: string;
  readonly label: string;
  readonly changes?: StoreChanges;
  /** What is marked as changed since it was looked at last. */
  readonly since?: ReadonlyMap<string, Change> | undefined;
  readonly onStore?: (storeId: readonly string[]) => void;
  /** Shows a stream from one of its items on. */
  readonly onItems?: (name: string, from: number) => void;
  /** Between the bar and the tree. */
  readonly children?: ComponentChildren;
};

/** How many lines of pinned values are in view at once. */
const MAX_PINNED_LINES = 8;

/** A JSON value as a tree, with a bar that names the chosen place in it and copies from there. */
export function JsonPane(props: JsonPaneProps) {
  const { name, label, value, besides = {}, unfolding, pins } = props;
  const { slots = NO_SLOTS, digits = NO_DIGITS } = besides;
  const state = unfolding.state.value;
  const path = pathOf(unfolding.chosen.value ?? "");
  const lines = useMemo(() => linesOf(value, state, { slots, digits }), [value, state, slots, digits]);
  const pinned = pinnedLines(value, pins?.paths ?? [], state, besides);
  const isCut = state.levels.size > 0 && lines.length >= MAX_LEVEL_LINES;

  // Before the tree takes the letter for the beginning of a name.
  function onKey(event: KeyboardEvent & { readonly currentTarget: HTMLElement }): void {
    const isInTree = event.target instanceof Element && event.target.closest("[role=tree]") !== null;
    if (!isInTree || event.ctrlKey || event.metaKey || event.altKey) return;
    const action = event.shiftKey ? JSON_KEYS.get(event.key.toUpperCase()) : undefined;
    const button = event.currentTarget.querySelector<HTMLElement>(`.json-bar [data-action=${action}]`);
    if (button === null && !unfoldForKey(event, unfolding, [...lines, ...pinned])) return;
    event.preventDefault();
    event.stopPropagation();
    button?.click();
  }

  return (
    <section class="json-pane" data-json={name} aria-label={label} onKeyDownCapture={onKey}>
      <JsonBar pane={props} path={path} />
      {props.children}
      {isCut && <p class="json-note">{say("json_level_cut", MAX_LEVEL_LINES)}</p>}
      {pinned.length > 0 && (
        <div class="json-pins" style={{ "--lines": Math.min(pinned.length, MAX_PINNED_LINES) }}>
          <JsonTree pane={props} label={say("json_pins")} lines={pinned} path={path} isPinned />
        </div>
      )}
      <JsonTree pane={props} label={label} lines={lines} path={path} isPinned={false} />
    </section>
  );
}

type JsonTreeProps = {
  readonly pane: JsonPaneProps;
  readonly label: string;
  readonly lines: readonly JsonLine[];
  readonly path: string;
  readonly isPinned: boolean;
};

function JsonTree({ pane, label, lines, path, isPinned }: JsonTreeProps) {
  const { unfolding, changes = NO_CHANGES, pins, onStore, onItems } = pane;
  const latest = useNews(changes.updates);
  const toggle = (line: JsonLine, open: boolean, all = false): void => {
    if (open && all) unfolding.expand(line.path, Number.POSITIVE_INFINITY);
    else unfolding.toggle(line.path, open);
  };

  function activate(line: JsonLine): void {
    const { content } = line;
    if (content.kind === "more") unfolding.showMore(line.path);
    else if (content.kind === "earlier" || content.kind === "later") onItems?.(content.name, content.from);
    else if (content.kind === "marker" && content.marker.kind === "store") onStore?.(content.marker.store_id);
    else if (line.expandable) toggle(line, !line.expanded);
  }

  return (
    <VirtualTree
      class="json-tree"
      label={label}
      items={lines}
      active={unfolding.chosen.value}
      onMove={(line) => {
        unfolding.chosen.value = line.key;
      }}
      onActivate={activate}
      onToggle={toggle}
      onCopy={(event) => {
        if (!document.getSelection()?.isCollapsed) return;
        event.preventDefault();
        event.clipboardData?.setData("text/plain", copiedText(pane.value, pane.besides, path));
      }}
      data={(line) =>
        isPinned
          ? { "data-pinned": line.path }
          : { "data-path": line.key === line.path ? line.path : undefined }
      }
      render={(line) => (
        <>
          <JsonLineView
            line={line}
            changes={changes}
            latest={latest}
            since={pane.since}
            onToggle={(open) => toggle(line, open)}
            onActivate={() => activate(line)}
          />
          {isPinned && line.level === 1 && (
            <button
              type="button"
              class="link"
              tabIndex={-1}
              data-action="unpin"
              aria-label={say("json_unpin")}
              title={say("json_unpin")}
              onClick={() => pins?.toggle(line.path)}
            >
              ×
            </button>
          )}
        </>
      )}
    />
  );
}
