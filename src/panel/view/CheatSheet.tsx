import { useComputed } from "@preact/signals";
import { useId, useRef } from "preact/hooks";
import { groupActions } from "../model/action-group";
import type { Action } from "../model/actions";
import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { KeyCaps } from "./palette/KeyCaps";
import { closeOnEscape, onDialogClosed, useDialog, useFirstFocus } from "./palette/use-dialog";

/** Keys that every list, tree and table of the panel has. */
const MOVING = [
  ["keys_move", ["ArrowUp", "ArrowDown"]],
  ["keys_fold", ["ArrowRight", "ArrowLeft"]],
  ["keys_ends", ["Home", "End"]],
  ["keys_pages", ["PageUp", "PageDown"]],
  ["keys_open", ["Enter"]],
] as const;

/** All keys of the panel on one sheet, over everything else. */
export function CheatSheet({ panel }: { readonly panel: Panel }) {
  const { palette } = panel;
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  const isOpen = useComputed(() => palette.overlay.value === "keys");
  useDialog(ref, isOpen);
  return (
    <dialog
      ref={ref}
      class="palette cheat-sheet"
      aria-labelledby={`${id}-title`}
      data-palette={isOpen.value ? "keys" : undefined}
      onKeyDown={(event) => closeOnEscape(event, palette.close)}
      onClose={() => onDialogClosed(ref, isOpen, palette.close)}
      onClick={(event) => event.target === event.currentTarget && palette.close()}
    >
      {isOpen.value && (
        <div class="palette-body">
          <div class="sheet-head">
            <h2 id={`${id}-title`}>{say("keys_title")}</h2>
            <button type="button" class="button" data-action="close-keys" onClick={palette.close}>
              {say("keys_close")}
            </button>
          </div>
          <Groups actions={panel.actions.all.value} />
        </div>
      )}
    </dialog>
  );
}

function Groups({ actions }: { readonly actions: readonly Action[] }) {
  const ref = useRef<HTMLDivElement>(null);
  useFirstFocus(ref);
  const withKeys = actions.filter(({ keys }) => keys.length > 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div ref={ref} class="sheet-groups" tabIndex={0}>
      {groupActions(withKeys).map(({ label, actions: own }) => (
        <section key={label} class="sheet-group">
          <h3>{label}</h3>
          <Lines lines={own.map((action) => [action.label(), action.keys])} />
        </section>
      ))}
      <section class="sheet-group">
        <h3>{say("keys_lists")}</h3>
        <Lines lines={MOVING.map(([name, keys]) => [say(name), keys])} />
        <p class="dim">{say("keys_type")}</p>
      </section>
    </div>
  );
}

function Lines({ lines }: { readonly lines: readonly (readonly [string, readonly string[]])[] }) {
  return (
    <dl>
      {lines.map(([label, keys]) => (
        <div key={label} class="sheet-line">
          <dt>{label}</dt>
          <dd>
            <KeyCaps keys={keys} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
