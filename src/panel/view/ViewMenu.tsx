import type { TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import { VIEWS, type ViewName } from "../model/view-name";
import { say } from "../text/say";

type ViewMenuProps = { readonly chosen: ViewName; readonly onChoose: (name: ViewName) => void };

/** A button where the tabs have no room, and the menu of all views that it opens (WAI-ARIA menu pattern). */
export function ViewMenu({ chosen, onChoose }: ViewMenuProps) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    // The keyboard goes on from the button.
    if (event.key === "Tab") event.currentTarget.hidePopover();
    const items = [...event.currentTarget.querySelectorAll<HTMLElement>("[role=menuitemradio]")];
    const at = items.findIndex((item) => item.matches(":focus"));
    const next = nextAt(event.key, at, items.length);
    if (next === null) return;
    event.preventDefault();
    items[next]?.focus();
  }

  return (
    <>
      <button
        ref={button}
        type="button"
        class="icon-button"
        data-action="more-views"
        aria-label={say("toolbar_more")}
        aria-haspopup="menu"
        title={say("toolbar_more")}
        popovertarget={id}
      >
        »
      </button>
      <div
        ref={ref}
        id={id}
        popover="auto"
        class="menu view-menu"
        role="menu"
        aria-label={say("toolbar_more")}
        onKeyDown={onKeyDown}
        onToggle={({ newState }) => {
          if (newState === "open") ref.current?.querySelector<HTMLElement>("[aria-checked=true]")?.focus();
        }}
      >
        {VIEWS.map((name) => (
          <button
            key={name}
            type="button"
            role="menuitemradio"
            class="view-item"
            data-view-item={name}
            aria-checked={name === chosen}
            tabIndex={-1}
            onClick={() => {
              onChoose(name);
              ref.current?.hidePopover();
              button.current?.focus();
            }}
          >
            {say(`view_${name}`)}
          </button>
        ))}
      </div>
    </>
  );
}

function nextAt(key: string, at: number, count: number): number | null {
  switch (key) {
    case "ArrowDown":
      return (at + 1) % count;
    case "ArrowUp":
      return (at - 1 + count) % count;
    case "Home":
      return 0;
    case "End":
      return count - 1;
    default:
      return null;
  }
}
