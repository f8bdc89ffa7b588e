import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { Timeline } from "../../model/timeline";
import { FIRST_FILTER, type TimelineFilter, toggleKind } from "../../model/timeline-filter";
import { KINDS } from "../../model/timeline-kind";
import { totalsOf } from "../../model/timeline-rates";
import { say } from "../../text/say";
import { textScale } from "../TextScale";
import { KindChip } from "./KindChip";

/** CSS pixels; the same as in the style sheet. */
const MENU_WIDTH = 230;
const EDGE = 6;

/** A button, and the list of kinds that it opens, each with how many of it are in the time that the chart shows. */
export function KindMenu({ timeline }: { readonly timeline: Timeline }) {
  const id = useId();
  const place = useSignal({ top: 0, left: 0 });
  const filter = timeline.filter.value;
  const shown = KINDS.length - filter.hidden.length;
  return (
    <>
      <button
        type="button"
        class="button"
        data-action="kinds"
        popovertarget={id}
        title={say("timeline_kinds_title")}
        onClick={(event) => {
          const { bottom, left } = event.currentTarget.getBoundingClientRect();
          place.value = {
            top: bottom + 2,
            left: Math.max(EDGE, Math.min(left, window.innerWidth - MENU_WIDTH * textScale.value - EDGE)),
          };
        }}
      >
        {filter.hidden.length === 0 ? say("timeline_kinds") : say("timeline_kinds_some", shown, KINDS.length)}{" "}
        <span aria-hidden="true">▾</span>
      </button>
      <div
        id={id}
        popover="auto"
        class="menu kind-menu"
        role="dialog"
        aria-label={say("timeline_kinds_title")}
        data-menu="kinds"
        style={{
          inset: `${place.value.top}px auto auto ${place.value.left}px`,
          maxHeight: `calc(100vh - ${place.value.top + EDGE}px)`,
        }}
      >
        <Presets timeline={timeline} filter={filter} />
        <Kinds timeline={timeline} filter={filter} />
      </div>
    </>
  );
}

type MenuProps = { readonly timeline: Timeline; readonly filter: TimelineFilter };

function Presets({ timeline, filter }: MenuProps) {
  return (
    <div class="kind-presets">
      <button
        type="button"
        class="link"
        data-action="kinds-all"
        onClick={() => timeline.setFilter({ ...filter, hidden: [] })}
      >
        {say("timeline_kinds_all")}
      </button>
      <button
        type="button"
        class="link"
        data-action="kinds-first"
        onClick={() => timeline.setFilter({ ...filter, hidden: FIRST_FILTER.hidden })}
      >
        {say("timeline_kinds_first")}
      </button>
    </div>
  );
}

function Kinds({ timeline, filter }: MenuProps) {
  const totals = totalsOf(timeline.strip.view.value);
  return (
    <ul class="kind-list">
      {KINDS.map((kind) => {
        const total = totals.get(kind) ?? 0;
        return (
          <li key={kind}>
            <label class="check">
              <input
                type="checkbox"
                data-kind={kind}
                checked={!filter.hidden.includes(kind)}
                onChange={() => timeline.setFilter(toggleKind(filter, kind))}
              />
              <KindChip kind={kind} />
              <span class="kind-total" data-total={total} title={say("timeline_kinds_count", total)}>
                {total === 0 ? "–" : total.toLocaleString()}
              </span>
            </label>
          </li>
        );
      })}
    </ul>
  );
}
