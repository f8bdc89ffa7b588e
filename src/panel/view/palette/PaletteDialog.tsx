import { useComputed } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import type { Palette } from "../../model/palette";
import { say } from "../../text/say";
import { PaletteList } from "./PaletteList";
import { closeOnEscape, onDialogClosed, useDialog, useFirstFocus } from "./use-dialog";

/** Rows that PageUp and PageDown move by. */
const PAGE = 10;

/** A field and what it finds: a WAI-ARIA combobox whose list is always open, in a modal dialog. */
export function PaletteDialog({ palette }: { readonly palette: Palette }) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const isOpen = useComputed(() => palette.overlay.value === "actions" || palette.overlay.value === "search");
  useDialog(ref, isOpen);
  const isSearch = palette.overlay.value === "search";
  const count = palette.items.value.length;
  const label = say(isSearch ? "palette_search_label" : "palette_label");

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDialogElement>): void {
    closeOnEscape(event, palette.close);
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Enter") palette.run(palette.chosen.value);
    else {
      const next = moveTo(event.key, palette.chosen.value, count);
      if (next === null) return;
      palette.choose(next);
    }
    event.preventDefault();
  }

  return (
    <dialog
      ref={ref}
      class="palette"
      aria-label={label}
      data-palette={isOpen.value ? palette.overlay.value : undefined}
      onKeyDown={onKeyDown}
      onClose={() => onDialogClosed(ref, isOpen, palette.close)}
      onClick={(event) => event.target === event.currentTarget && palette.close()}
    >
      {isOpen.value && (
        <div class="palette-body">
          <Field palette={palette} id={id} label={label} />
          <PaletteList palette={palette} id={id} label={label} />
        </div>
      )}
    </dialog>
  );
}

type FieldProps = { readonly palette: Palette; readonly id: string; readonly label: string };

function Field({ palette, id, label }: FieldProps) {
  const ref = useRef<HTMLInputElement>(null);
  useFirstFocus(ref);
  const isSearch = palette.overlay.value === "search";
  const isEmpty = palette.items.value.length === 0;
  return (
    <input
      ref={ref}
      type="text"
      class="palette-field"
      role="combobox"
      autocomplete="off"
      spellcheck={false}
      data-action="palette-text"
      placeholder={say(isSearch ? "palette_search_placeholder" : "palette_placeholder")}
      aria-label={label}
      aria-expanded={!isEmpty}
      aria-controls={`${id}-list`}
      aria-autocomplete="list"
      aria-activedescendant={isEmpty ? undefined : `${id}-${palette.chosen.value}`}
      value={palette.text.value}
      onInput={(event) => palette.type(event.currentTarget.value)}
    />
  );
}

function moveTo(key: string, present: number, count: number): number | null {
  if (count === 0) return null;
  switch (key) {
    case "ArrowDown":
      return (present + 1) % count;
    case "ArrowUp":
      return (present - 1 + count) % count;
    case "PageDown":
      return Math.min(present + PAGE, count - 1);
    case "PageUp":
      return Math.max(present - PAGE, 0);
    default:
      return null;
  }
}
