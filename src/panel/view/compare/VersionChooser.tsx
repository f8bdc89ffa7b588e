import { useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent } from "preact";
import { useId, useRef } from "preact/hooks";
import type { TimelineLine } from "../../../bridge/timeline-view";
import type { Compare, Side } from "../../model/compare";
import { gridTarget } from "../../model/grid-keys";
import { type RowRange, rowAt } from "../../model/row-window";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { SafeText } from "../SafeText";
import { TEXT } from "../text";
import { VirtualList } from "../VirtualList";

type VersionChooserProps = { readonly compare: Compare; readonly side: Side };

/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 20;

/** A button, and what it opens: moments that have a name, and the envelopes of the root. */
export function VersionChooser({ compare, side }: VersionChooserProps) {
  const id = useId();
  const ref = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  const pick = (run: () => void) => () => {
    run();
    ref.current?.hidePopover();
  };
  const isOpen = compare.choosing.value === side;
  return (
    <>
      <button
        ref={button}
        type="button"
        class="button"
        data-action={`choose-${side}`}
        aria-label={say(`compare_choose_${side}`)}
        popovertarget={id}
      >
        {say("compare_choose")}
      </button>
      <div
        ref={ref}
        id={id}
        popover="auto"
        class="menu version-menu"
        role="dialog"
        aria-label={say(`compare_choose_${side}`)}
        data-versions={side}
        onBeforeToggle={() => placeUnder(button.current, ref.current)}
        onToggle={(event) => compare.setChoosing(event.newState === "open" ? side : null)}
        onKeyDown={(event) => event.key === "Escape" && event.stopPropagation()}
      >
        <div class="version-named">
          <button
            type="button"
            class="button"
            data-action="present"
            onClick={pick(() => compare.setPresent(side))}
          >
            {say("compare_present")}
          </button>
          <button
            type="button"
            class="button"
            data-action="previous"
            onClick={pick(() => compare.setPrevious(side))}
          >
            {say("compare_previous")}
          </button>
          <button type="button" class="button" data-action="start" onClick={pick(() => compare.set(side, 0))}>
            {say("compare_start")}
          </button>
        </div>
        {isOpen && <Versions compare={compare} onPick={(seq) => pick(() => compare.set(side, seq))()} />}
      </div>
    </>
  );
}

/** As in the style sheet. CSS pixels. */
const MENU_WIDTH = 460;
const EDGE = 6;

/** Where there is room under a button. */
function placeUnder(button: HTMLElement | null, menu: HTMLElement | null): void {
  if (button === null || menu === null) return;
  const { left, bottom } = button.getBoundingClientRect();
  const most = window.innerWidth - MENU_WIDTH - EDGE;
  menu.style.left = `${Math.max(EDGE, Math.min(left, most))}px`;
  menu.style.top = `${bottom + 2}px`;
}

type VersionsProps = { readonly compare: Compare; readonly onPick: (seq: number) => void };

function Versions({ compare, onPick }: VersionsProps) {
  const id = useId();
  const active = useSignal<number | null>(null);
  const { versions } = compare;
  const view = versions.window.value;
  if (view === null) return <p class="dim">{TEXT.loadingRow}</p>;
  if (view.total === 0) return <p class="dim">{say("compare_no_versions")}</p>;

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const line = active.value === null ? undefined : rowAt(view, active.value);
    if (event.key === "Enter" && line !== undefined) {
      // The button that gets the keyboard back would be pressed.
      event.preventDefault();
      onPick(line.seq);
      return;
    }
    const target = gridTarget(event.key, active.value, view?.total ?? 0);
    if (target === null) return;
    event.preventDefault();
    versions.follow(false);
    active.value = target;
  }

  return (
    <VirtualList
      total={view.total}
      rowHeight={ROW_HEIGHT}
      follow={versions.following.value}
      reveal={active.value}
      onFollow={versions.follow}
      onSee={versions.see}
      attributes={{
        class: "version-list",
        role: "listbox",
        tabIndex: 0,
        onKeyDown,
        "aria-label": say("compare_versions"),
        "aria-activedescendant": active.value === null ? undefined : `${id}-${active.value}`,
      }}
      render={({ first, count }: RowRange) =>
        Array.from({ length: count }, (_, offset) => first + offset).map((row) => (
          <Version
            key={row}
            id={`${id}-${row}`}
            place={{ row, total: view.total }}
            line={rowAt(view, row)}
            isActive={row === active.value}
            onPick={onPick}
          />
        ))
      }
    />
  );
}

type VersionProps = {
  readonly id: string;
  readonly place: { readonly row: number; readonly total: number };
  /** Undefined: its window has not come yet. */
  readonly line: TimelineLine | undefined;
  readonly isActive: boolean;
  readonly onPick: (seq: number) => void;
};

function Version({ id, place, line, isActive, onPick }: VersionProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="option"
      class="version-row"
      aria-posinset={place.row + 1}
      aria-setsize={place.total}
      aria-selected={isActive}
      data-seq={line?.seq}
      onClick={() => line !== undefined && onPick(line.seq)}
    >
      {line === undefined ? (
        <span class="dim">{TEXT.loadingRow}</span>
      ) : (
        <>
          <span class="version-seq">#{line.seq}</span>
          <span class="dim version-time">{formatTime(line.t)}</span>
          <span class="version-summary">
            <SafeText text={line.summary} />
          </span>
        </>
      )}
    </div>
  );
}
