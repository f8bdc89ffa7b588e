import type { ComponentChildren, TargetedKeyboardEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

type TabsProps<Name extends string> = {
  readonly label: string;
  /** Distinguishes the tabs' ids from those of other tab lists. */
  readonly id: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  readonly render: (name: Name) => ComponentChildren;
  /** Tells how wide the tabs are and how much room they have, whenever they are drawn. CSS pixels. */
  readonly onFit?: (needed: number, room: number) => void;
};

/**
 * A WAI-ARIA tab list: arrow keys choose, the chosen tab alone is in the tab order. Where there is no room for all of
 * them they scroll, and the chosen one is in view.
 */
export function Tabs<Name extends string>(props: TabsProps<Name>) {
  const { names, chosen, onFit } = props;
  const ref = useRef<HTMLDivElement>(null);

  useLayoutEffect(() => {
    const list = ref.current;
    if (list === null) return;
    const settle = (): void => {
      list.querySelector(`[data-tab="${chosen}"]`)?.scrollIntoView({ block: "nearest", inline: "nearest" });
      onFit?.(list.scrollWidth, list.clientWidth);
    };
    settle();
    const observer = new ResizeObserver(settle);
    // A count in a tab makes it wider.
    for (const element of [list, ...list.children]) observer.observe(element);
    return () => observer.disconnect();
  }, [chosen, onFit]);

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const next = nextOf(names, chosen, event.key);
    if (next === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    props.onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <div ref={ref} class="tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          role="tab"
          class="tab"
          id={`${props.id}-tab-${name}`}
          data-tab={name}
          aria-selected={name === chosen}
          aria-controls={`${props.id}-panel`}
          tabIndex={name === chosen ? 0 : -1}
          onClick={() => props.onChoose(name)}
        >
          {props.render(name)}
        </button>
      ))}
    </div>
  );
}

function nextOf<Name extends string>(names: readonly Name[], chosen: Name, key: string): Name | undefined {
  const at = names.indexOf(chosen);
  switch (key) {
    case "ArrowRight":
      return names[(at + 1) % names.length];
    case "ArrowLeft":
      return names[(at - 1 + names.length) % names.length];
    case "Home":
      return names[0];
    case "End":
      return names.at(-1);
    default:
      return undefined;
  }
}
