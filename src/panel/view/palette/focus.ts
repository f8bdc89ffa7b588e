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
  if (target.closest(CONTROLS) !== null) return "control";
  return target.closest(LISTS) === null ? "none" : "list";
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

/** The field that filters what is shown; undefined where there is none. */
export function filterField(): HTMLInputElement | undefined {
  const fields = [...document.querySelectorAll<HTMLInputElement>(".view input[type=search]")];
  return fields.find((field) => field.checkVisibility());
}
