import type { Focus } from "../../model/keys";

const LISTS = "[role=tree], [role=grid], [role=treegrid], [role=listbox]";
const CONTROLS = "button, a[href], summary, [role=slider], [role=separator], [role=tab], [role^=menuitem]";
/** Fields in which nothing is typed. */
const PRESSED = ["checkbox", "radio", "button", "range", "submit", "reset"];

/** Whose keys are pressed in an element. */
export function focusOf(target: EventTarget | null): Focus {
  if (!(target instanceof Element)) return "none";
  if (target instanceof HTMLInputElement) return PRESSED.includes(target.type) ? "control" : "field";
  if (target.closest("textarea, select, [contenteditable]") !== null) return "field";
  // A list has the keys of what is clicked in it, too.
  if (target.closest(LISTS) !== null) return "list";
  return target.closest(CONTROLS) === null ? "none" : "control";
}

/**
 * Closes the menu that is open, if there is one, and gives the keyboard back to its button. A browser does so by itself
 * for Escape, but lets DevTools hear the key, and they open their drawer.
 */
export function closeMenu(): boolean {
  const menu = document.querySelector<HTMLElement>(":popover-open");
  menu?.hidePopover();
  return menu !== null;
}

/** The field that filters what is shown, of two views that which has the keyboard; undefined where there is none. */
export function filterField(): HTMLInputElement | undefined {
  const fields = [document.activeElement?.closest(".view"), document].flatMap((part) => [
    ...(part?.querySelectorAll<HTMLInputElement>(".view input[type=search]") ?? []),
  ]);
  return fields.find((field) => field.checkVisibility());
}
