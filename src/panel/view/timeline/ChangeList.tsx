import type { Json } from "../../../wire/json";
import { previewJson } from "../../model/json-preview";
import { cutText, safeString } from "../../model/safe-text";
import type { ChangeHolder, EntryChanges, ValueChange } from "../../model/timeline-change";
import { say } from "../../text/say";
import { Sentence } from "../Notice";
import { SafeText } from "../SafeText";
import { VirtualList } from "../VirtualList";
import { storeName } from "./entry-text";

/** A line for the place, one for what stood there, one for what stands there now; the same in the style sheet. */
const CHANGE_HEIGHT = 66;
const MAX_STRING_CHARS = 300;

/** What an envelope changed, value by value. */
export function ChangeList({ changes }: { readonly changes: EntryChanges }) {
  if (changes.kind === "refused") return <Sentence text={safeString(changes.message)} />;
  const { changes: list, more } = changes;
  if (list.length === 0) return <Sentence text={say("timeline_changes_none")} />;
  return (
    <div class="changes">
      <VirtualList
        total={list.length}
        rowHeight={CHANGE_HEIGHT}
        attributes={{ role: "list", tabIndex: 0, "aria-label": say("timeline_changes") }}
        render={({ first, count }) =>
          list
            .slice(first, first + count)
            .map((change, nth) => (
              <ChangeRow key={first + nth} change={change} position={first + nth + 1} size={list.length} />
            ))
        }
      />
      {more && <p class="changes-more">{say("timeline_changes_more")}</p>}
    </div>
  );
}

type ChangeRowProps = { readonly change: ValueChange; readonly position: number; readonly size: number };

function ChangeRow({ change, position, size }: ChangeRowProps) {
  const { holder, path, before, after, moved } = change;
  const where = holder.kind === "state" && path === "" ? say("timeline_whole") : path;
  return (
    // biome-ignore lint/a11y/useSemanticElements: only some of the items are in the document
    <div class="change" role="listitem" aria-posinset={position} aria-setsize={size} data-path={path}>
      <div class="change-place" title={safeString([holderText(holder), where].filter(Boolean).join(" "))}>
        {holder.kind !== "state" && (
          <span class="chip">
            <SafeText text={holderText(holder)} />
          </span>
        )}
        <code>
          <SafeText text={where} />
        </code>
        {moved !== null && <span class="dim">{say("timeline_moved", moved.from, moved.to)}</span>}
      </div>
      {moved === null && <Side name="before" value={before} />}
      {moved === null && <Side name="after" value={after} />}
    </div>
  );
}

function Side({ name, value }: { readonly name: "before" | "after"; readonly value: Json | undefined }) {
  return (
    <div class="change-side" data-side={name}>
      <span class="change-sign" aria-hidden="true">
        {name === "before" ? "−" : "+"}
      </span>
      <span class="visually-hidden">{say(`timeline_${name}`)}: </span>
      {value === undefined ? (
        <span class="dim">{say("timeline_absent")}</span>
      ) : (
        <SafeText text={valueText(value)} />
      )}
    </div>
  );
}

/** A value on one line: a string as far as it fits, a container by what it holds. */
function valueText(value: Json): string {
  return typeof value === "string" ? JSON.stringify(cutText(value, MAX_STRING_CHARS)) : previewJson(value);
}

function holderText(holder: ChangeHolder): string {
  switch (holder.kind) {
    case "state":
      return "";
    case "stream":
    case "upload":
    case "assigns":
      return `${storeName(holder.store_id)} › ${say(`timeline_holder_${holder.kind}`, holder.name)}`;
  }
}
