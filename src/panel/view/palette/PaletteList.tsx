import type { ComponentChildren } from "preact";
import { useEffect } from "preact/hooks";
import type { Action } from "../../model/actions";
import { isPossible, type Palette, type PaletteItem } from "../../model/palette";
import { safeString } from "../../model/safe-text";
import { MIN_SEARCHED_CHARS } from "../../model/search";
import type { SearchResult } from "../../model/search-result";
import { say, sayCount } from "../../text/say";
import { SafeText } from "../SafeText";
import { KeyCaps } from "./KeyCaps";

type PaletteListProps = { readonly palette: Palette; readonly id: string; readonly label: string };

/** The actions, and under them what was found, group by group. What is listed is capped, so all of it is drawn. */
export function PaletteList({ palette, id, label }: PaletteListProps) {
  const items = palette.items.value;
  const chosen = palette.chosen.value;
  const actions = palette.actions.value.length;
  useEffect(() => {
    document.getElementById(`${id}-${chosen}`)?.scrollIntoView({ block: "nearest" });
  }, [id, chosen, items]);

  let at = 0;
  const take = (count: number) => {
    const first = at;
    at += count;
    return items.slice(first, at).map((item, offset) => {
      const index = first + offset;
      return <Option key={item.key} id={`${id}-${index}`} item={item} index={index} palette={palette} />;
    });
  };
  return (
    <>
      <div class="palette-list" role="listbox" id={`${id}-list`} aria-label={label}>
        {actions > 0 && (
          <Group id={`${id}-actions`} label={say("palette_actions")}>
            {take(actions)}
          </Group>
        )}
        {palette.found.value.map(({ group, results, more }) => (
          <Group key={group} id={`${id}-${group}`} label={say(`search_group_${group}`)}>
            {take(results.length)}
            {more && (
              <div class="palette-more dim" role="presentation">
                {say("search_more")}
              </div>
            )}
          </Group>
        ))}
      </div>
      <p class="palette-status dim" role="status">
        {statusOf(palette)}
      </p>
    </>
  );
}

function statusOf(palette: Palette): string {
  const typed = palette.text.value.trim();
  const isSearch = palette.overlay.value === "search";
  if (palette.isSearching.value) return say("search_searching");
  if (palette.items.value.length > 0) return sayCount("palette_count", palette.items.value.length);
  if (typed.length >= MIN_SEARCHED_CHARS) return say("search_nothing", safeString(typed));
  return say(isSearch ? "search_hint" : "search_no_action");
}

function Group(props: { readonly id: string; readonly label: string; readonly children: ComponentChildren }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: options are grouped by a role, as fields are by an element
    <div role="group" aria-labelledby={props.id}>
      <div class="palette-heading" role="presentation" id={props.id}>
        {props.label}
      </div>
      {props.children}
    </div>
  );
}

type OptionProps = {
  readonly id: string;
  readonly item: PaletteItem;
  readonly index: number;
  readonly palette: Palette;
};

function Option({ id, item, index, palette }: OptionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="option"
      class="palette-option"
      aria-selected={index === palette.chosen.value}
      aria-disabled={!isPossible(item)}
      data-action-id={item.kind === "action" ? item.action.id : undefined}
      data-result={item.kind === "result" ? item.result.kind : undefined}
      onPointerMove={() => palette.choose(index)}
      onPointerDown={(event) => event.preventDefault()}
      onClick={() => palette.run(index)}
    >
      {item.kind === "action" ? <ActionLine action={item.action} /> : <ResultLine result={item.result} />}
    </div>
  );
}

function ActionLine({ action }: { readonly action: Action }) {
  return (
    <>
      <span class="palette-label">{action.label()}</span>
      <KeyCaps keys={action.keys} />
    </>
  );
}

function ResultLine({ result }: { readonly result: SearchResult }) {
  return (
    <>
      <span class="chip">{say(`search_kind_${result.kind}`)}</span>
      <span class="palette-label palette-found">
        <SafeText text={result.label} />
      </span>
      <span class="palette-detail dim" title={safeString(result.detail)}>
        <SafeText text={result.detail} />
      </span>
    </>
  );
}
