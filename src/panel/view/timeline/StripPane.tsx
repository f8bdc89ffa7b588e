import type { Panel } from "../../model/panel";
import type { Timeline } from "../../model/timeline";
import { FAMILIES, familyOf } from "../../model/timeline-kind";
import { totalsOf } from "../../model/timeline-rates";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { kindWord } from "./KindChip";
import { StripChart } from "./StripChart";

const ZOOM = 0.5;

/** The chart over the list, with what its colours mean and how far it reaches, also as a table that is only read. */
export function StripPane({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const { strip } = timeline;
  const { from, to } = strip.range.value;
  const isZoomed = strip.isZoomed.value;
  return (
    <section class="strip" data-strip data-zoomed={isZoomed} aria-label={say("timeline_strip")}>
      <div class="strip-head">
        <Legend timeline={timeline} />
        <span class="strip-span">{say("timeline_strip_span", formatTime(from), formatTime(to))}</span>
        <button
          type="button"
          class="button"
          data-action="zoom-out"
          aria-label={say("timeline_strip_out")}
          title={say("timeline_strip_out")}
          aria-disabled={!isZoomed}
          onClick={() => strip.zoom(1 / ZOOM, 0.5)}
        >
          −
        </button>
        <button
          type="button"
          class="button"
          data-action="zoom-in"
          aria-label={say("timeline_strip_in")}
          title={say("timeline_strip_in")}
          onClick={() => strip.zoom(ZOOM, 0.5)}
        >
          +
        </button>
        <button
          type="button"
          class="button"
          data-action="zoom-reset"
          title={say("timeline_strip_reset_why")}
          aria-disabled={!isZoomed}
          onClick={strip.reset}
        >
          {say("timeline_strip_reset")}
        </button>
      </div>
      <StripChart panel={panel} />
      <CountTable timeline={timeline} />
    </section>
  );
}

/** The families that occur, with how many entries each has in the time that is shown. */
function Legend({ timeline }: { readonly timeline: Timeline }) {
  const totals = [...totalsOf(timeline.strip.view.value)];
  return (
    <span class="strip-legend" aria-hidden="true">
      {FAMILIES.map((family) => {
        const count = totals.reduce((sum, [kind, own]) => sum + (familyOf(kind) === family ? own : 0), 0);
        return count === 0 ? null : (
          <span key={family} class="strip-family" data-family={family} data-count={count}>
            <span class="strip-swatch" />
            {say(`timeline_family_${family}`)} <span class="dim">{count.toLocaleString()}</span>
          </span>
        );
      })}
    </span>
  );
}

function CountTable({ timeline }: { readonly timeline: Timeline }) {
  const { from, to } = timeline.strip.range.value;
  return (
    <table class="visually-hidden" data-counts>
      <caption>{say("timeline_strip_table", formatTime(from), formatTime(to))}</caption>
      <tbody>
        {[...totalsOf(timeline.strip.view.value)].map(([kind, count]) => (
          <tr key={kind}>
            <th scope="row">{kindWord(kind)}</th>
            <td>{count.toLocaleString()}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
