import { useEffect } from "preact/hooks";
import { createKeys } from "../model/keys";
import type { Panel } from "../model/panel";
import { delay } from "../model/schedule";
import { say } from "../text/say";
import { CheatSheet } from "./CheatSheet";
import { keepFocus } from "./keep-focus";
import { closeMenu, filterField, focusOf } from "./palette/focus";
import { IS_MAC } from "./palette/KeyCaps";
import { PaletteDialog } from "./palette/PaletteDialog";

/** The command palette, the search and the sheet of keys, each over everything else while open; the keys, and who has them. */
export function Palette({ panel }: { readonly panel: Panel }) {
  useEffect(() => listen(panel), [panel]);
  useEffect(keepFocus, []);
  return (
    <>
      <PaletteDialog palette={panel.palette} />
      <CheatSheet panel={panel} />
    </>
  );
}

/** Returns a function that ends it. */
function listen({ actions, palette }: Panel): () => void {
  const lifetime = new AbortController();
  const keys = createKeys({ actions, isMac: IS_MAC, delay });

  function onKeyDown(event: KeyboardEvent): void {
    if (event.defaultPrevented || event.isComposing) return;
    // What is under a dialog is not to be changed unseen.
    const focus = palette.overlay.peek() === null ? focusOf(event.target) : "field";
    if (!(event.key === "Escape" && closeMenu()) && !keys.press(event, focus)) return;
    event.preventDefault();
    // DevTools listen in the panel, too, for keys of their own.
    event.stopImmediatePropagation();
  }

  // Before whatever has the keyboard, which `focusOf` leaves its own keys.
  document.addEventListener("keydown", onKeyDown, { capture: true, signal: lifetime.signal });
  const forget = actions.add({
    ...{ id: "find.filter", keys: ["/"], label: () => say("palette_action_filter") },
    isPossible: () => filterField() !== undefined,
    run() {
      filterField()?.focus();
      filterField()?.select();
    },
  });
  return () => {
    lifetime.abort();
    forget();
  };
}
