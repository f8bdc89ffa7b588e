import type { Json } from "../../wire/json";
import { valueAt } from "../model/json-entries";
import { type Besides, copiedText, writeJson } from "../model/json-text";
import { safeString } from "../model/safe-text";
import type { UnfoldingModel } from "../model/unfolding";
import { type MessageName, say } from "../text/say";
import { CopyButton } from "./CopyButton";

export type JsonBarProps = {
  /** Shown in the bar; without it something near it says what this is. */
  readonly title?: string;
  readonly value: Json;
  readonly besides?: Besides;
  readonly unfolding: UnfoldingModel;
  /** The values that stand above all others; without them none can be pinned. */
  readonly pins?: { readonly paths: readonly string[]; readonly toggle: (path: string) => void };
  /** Shows the history of the value at a path; without it there is none to be shown. */
  readonly onHistory?: (path: string) => void;
};

/** Levels that can be unfolded at once, beside all of them; 0: as they are by themselves. */
const LEVELS = [0, 1, 2, 3, 4, 5, Number.POSITIVE_INFINITY];

/** Names the chosen place in a JSON tree, and what can be done with the value there. */
export function JsonBar({ pane, path }: { readonly pane: JsonBarProps; readonly path: string }) {
  const { title, value, besides = {}, unfolding, pins, onHistory } = pane;
  return (
    <div class="json-bar">
      {title !== undefined && <span class="json-title">{title}</span>}
      <code class="json-path" title={safeString(path)}>
        {safeString(path)}
      </code>
      <LevelSelect unfolding={unfolding} />
      <BarButton
        name="expand"
        keys="Shift+E"
        words="json_expand"
        hint="json_expand_hint"
        onPress={() => unfolding.expand(path, Number.POSITIVE_INFINITY)}
      />
      {pins !== undefined && (
        <BarButton
          name="pin"
          keys="Shift+P"
          words="json_pin"
          hint="json_pin_hint"
          isPressed={pins.paths.includes(path)}
          onPress={() => pins.toggle(path)}
        />
      )}
      {onHistory !== undefined && (
        <BarButton
          name="history"
          keys="Shift+H"
          words="json_history"
          hint="json_history_hint"
          onPress={() => onHistory(path)}
        />
      )}
      <CopyButton
        name="copy-value"
        label={say("json_copy_value")}
        text={() => copiedText(value, besides, path)}
      />
      <CopyButton name="copy-path" label={say("json_copy_path")} text={() => path} />
      <CopyButton
        name="copy-json"
        label={say("json_copy_json")}
        text={() => writeJson(valueAt(value, path, besides.slots) ?? null, besides, path)}
      />
    </div>
  );
}

type BarButtonProps = {
  readonly name: string;
  readonly keys: string;
  readonly words: MessageName;
  readonly hint: MessageName;
  readonly isPressed?: boolean;
  readonly onPress: () => void;
};

function BarButton({ name, keys, words, hint, isPressed, onPress }: BarButtonProps) {
  return (
    <button
      type="button"
      class="button"
      data-action={name}
      title={`${say(hint)} (${keys})`}
      aria-keyshortcuts={keys}
      aria-pressed={isPressed}
      onClick={onPress}
    >
      {say(words)}
    </button>
  );
}

function LevelSelect({ unfolding }: { readonly unfolding: UnfoldingModel }) {
  return (
    <select
      class="select"
      data-action="levels"
      aria-label={say("json_levels")}
      title={say("json_levels")}
      value={String(unfolding.state.value.levels.get("") ?? 0)}
      onChange={({ currentTarget }) => unfolding.expand("", Number(currentTarget.value))}
    >
      {LEVELS.map((levels) => (
        <option key={levels} value={String(levels)}>
          {levels === 0
            ? say("json_levels_auto")
            : levels === Number.POSITIVE_INFINITY
              ? say("json_levels_all")
              : say("json_levels_to", levels)}
        </option>
      ))}
    </select>
  );
}
