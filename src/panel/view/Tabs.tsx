import type { ComponentChildren, TargetedKeyboardEvent } from "preact";

type TabsProps<Name extends string> = {
  readonly label: string;
  /** Distinguishes the tabs' ids from those of other tab lists. */
  readonly id: string;
  readonly names: readonly Name[];
  readonly chosen: Name;
  readonly onChoose: (name: Name) => void;
  readonly render: (name: Name) => ComponentChildren;
};

/** A WAI-ARIA tab list: arrow keys choose, the chosen tab alone is in the tab order. */
export function Tabs<Name extends string>(props: TabsProps<Name>) {
  const { names, chosen } = props;

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const step = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
    const next = names[(names.indexOf(chosen) + step + names.length) % names.length];
    if (step === 0 || next === undefined) return;
    event.preventDefault();
    props.onChoose(next);
    event.currentTarget.querySelector<HTMLElement>(`[data-tab="${next}"]`)?.focus();
  }

  return (
    <div class="tabs" role="tablist" aria-label={props.label} onKeyDown={onKeyDown}>
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
