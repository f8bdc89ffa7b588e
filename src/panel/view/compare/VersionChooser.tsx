import { useSignal } from "@preact/signals";
import { useEffect, useId, useRef } from "preact/hooks";
import type { Compare, Side } from "../../model/compare";
import { rowAt } from "../../model/row-window";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { ListBox } from "../ListBox";
import { SafeText } from "../SafeText";
import { Skeleton } from "../Skeleton";
import { textScale } from "../TextScale";

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
  // A menu that goes with its view does not tell that it is closed.
  useEffect(() => () => compare.setChoosing(null), [compare]);
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
  const most = window.innerWidth - MENU_WIDTH * textScale.value - EDGE;
  menu.style.left = `${Math.max(EDGE, Math.min(left, most))}px`;
  menu.style.top = `${bottom + 2}px`;
}

type VersionsProps = { readonly compare: Compare; readonly onPick: (seq: number) => void };

function Versions({ compare, onPick }: VersionsProps) {
  const active = useSignal<number | null>(null);
  const { versions } = compare;
  const view = versions.window.value;
  if (view === null) return <Skeleton />;
  if (view.total === 0) return <p class="dim">{say("compare_no_versions")}</p>;
  return (
    <ListBox
      class="version-list"
      label={say("compare_versions")}
      total={view.total}
      rowHeight={ROW_HEIGHT}
      lineAt={(row) => rowAt(view, row)}
      row={active.value}
      onMove={(row) => {
        versions.follow(false);
        active.value = row;
      }}
      onPick={({ seq }) => onPick(seq)}
      follow={versions.following.value}
      onFollow={versions.follow}
      onSee={versions.see}
      optionClass="version-row"
      optionData={({ seq }) => ({ "data-seq": seq })}
      render={({ seq, t, summary }) => (
        <>
          <span class="version-seq">#{seq}</span>
          <span class="dim version-time">{formatTime(t)}</span>
          <span class="version-summary">
            <SafeText text={summary} />
          </span>
        </>
      )}
    />
  );
}
