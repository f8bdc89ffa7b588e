import { useRef } from "preact/hooks";
import type { ConnectionLifeView } from "../../../bridge/life-view";
import type { ConnectionView } from "../../../bridge/view";
import type { ConnectionLife } from "../../model/connection-life";
import { linePath, nearestPoint, type Point, pointsOf } from "../../model/life-chart";
import { isMissing, measureRoundTrips } from "../../model/round-trips";
import { say } from "../../text/say";
import { Fields } from "../Fields";
import { formatDuration, formatTime } from "../format";
import { Sentence } from "../Notice";
import { useSize } from "../use-size";

/** CSS pixels. */
const HEIGHT = 64;
/** Around the plot, so that points at its edges are whole. */
const PADDING = 5;
const RADIUS = 2;
/** Of more the line alone is drawn. */
const MAX_DOTS = 150;

type HeartbeatPlotProps = {
  readonly life: ConnectionLife;
  readonly view: ConnectionLifeView;
  readonly transport: ConnectionView["transport"];
  readonly onShow: (seq: number) => void;
};

/** How long the answers to heartbeats took, over time, and in numbers. */
export function HeartbeatPlot(props: HeartbeatPlotProps) {
  const { view, transport } = props;
  const { beats, beats_total, to_t } = view;
  const { p50, p95, max, missing } = measureRoundTrips(beats, to_t);
  return (
    <section class="beats" aria-label={say("connection_beats")} data-beats={beats_total}>
      <h3>{say("connection_beats")}</h3>
      {beats.length === 0 ? (
        <Sentence
          text={say(transport === "longpoll" ? "connection_beats_longpoll" : "connection_beats_none")}
        />
      ) : (
        <>
          <Fields
            fields={[
              [say("connection_beat_total"), beats_total],
              [say("connection_beat_p50"), p50 === null ? null : formatDuration(p50)],
              [say("connection_beat_p95"), p95 === null ? null : formatDuration(p95)],
              [say("connection_beat_max"), max === null ? null : formatDuration(max)],
              [
                say("connection_beat_missing"),
                <span key="missing" class={missing > 0 ? "beats-missing" : ""} data-missing={missing}>
                  {missing}
                </span>,
              ],
            ]}
          />
          <Plot {...props} />
          {beats.length < beats_total && (
            <p class="list-cut">{say("connection_beats_cut", beats.length, beats_total)}</p>
          )}
        </>
      )}
    </section>
  );
}

/** The plot as a slider: it chooses one of the beats, and a link beneath leads to that one's event. */
function Plot({ life, view, onShow }: HeartbeatPlotProps) {
  const ref = useRef<HTMLDivElement>(null);
  const width = useSize(ref).value.width - 2 * PADDING;
  const { beats, to_t } = view;
  const pointed = beats.findIndex(({ seq }) => seq === life.beat.value);
  const place = pointed === -1 ? beats.length - 1 : pointed;
  const points = pointsOf(beats, { width: Math.max(0, width), height: HEIGHT });
  const point = points[place];

  function move(to: number): void {
    const beat = beats[Math.max(0, Math.min(beats.length - 1, to))];
    if (beat !== undefined) life.pointAt(beat.seq);
  }

  function onKeyDown(event: KeyboardEvent): void {
    const target = sliderTarget(event.key, place, beats.length);
    if (event.key === "Enter" && point !== undefined) onShow(point.beat.seq);
    if (target === null || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    move(target);
  }

  return (
    <>
      <div
        ref={ref}
        class="beats-plot"
        role="slider"
        tabIndex={0}
        aria-label={say("connection_beats_plot")}
        aria-valuemin={1}
        aria-valuemax={beats.length}
        aria-valuenow={place + 1}
        aria-valuetext={point === undefined ? "" : describe(point, to_t)}
        onKeyDown={onKeyDown}
        onPointerDown={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const nearest = nearestPoint(points, event.clientX - box.left - PADDING);
          if (nearest !== null) move(nearest);
        }}
      >
        <svg aria-hidden="true" width="100%" height={HEIGHT + 2 * PADDING}>
          <g transform={`translate(${PADDING} ${PADDING})`}>
            <path class="beats-line" d={linePath(points)} />
            {points.map((one) => (
              <Mark key={one.beat.seq} point={one} now={to_t} hasDot={points.length <= MAX_DOTS} />
            ))}
            {point !== undefined && (
              <line class="beats-cursor" x1={point.x} x2={point.x} y1={0} y2={HEIGHT} />
            )}
          </g>
        </svg>
      </div>
      {point !== undefined && (
        <p class="beats-pointed">
          <button
            type="button"
            class="link"
            data-beat={point.beat.seq}
            onClick={() => onShow(point.beat.seq)}
          >
            #{point.beat.seq}
          </button>{" "}
          {describe(point, to_t)}
        </p>
      )}
    </>
  );
}

/** A dot for an answer, a cross at the top for none. */
function Mark({
  point,
  now,
  hasDot,
}: {
  readonly point: Point;
  readonly now: number;
  readonly hasDot: boolean;
}) {
  const { beat, x, y } = point;
  if (y !== null) return hasDot ? <circle class="beats-dot" cx={x} cy={y} r={RADIUS} /> : null;
  if (!isMissing(beat, now)) return null;
  const arm = RADIUS + 1;
  return (
    <path
      class="beats-cross"
      d={`M${x} 0V${HEIGHT}M${x - arm} ${-arm}L${x + arm} ${arm}M${x + arm} ${-arm}L${x - arm} ${arm}`}
    />
  );
}

function describe({ beat }: Point, now: number): string {
  const at = formatTime(beat.t);
  if (beat.rtt_ms !== null) return say("connection_beat_answered", at, formatDuration(beat.rtt_ms));
  return say(isMissing(beat, now) ? "connection_beat_unanswered" : "connection_beat_waiting", at);
}

/** Where a key moves a slider to; null if it means nothing there. */
function sliderTarget(key: string, place: number, total: number): number | null {
  const page = Math.max(1, Math.round(total / 10));
  switch (key) {
    case "ArrowRight":
    case "ArrowUp":
      return place + 1;
    case "ArrowLeft":
    case "ArrowDown":
      return place - 1;
    case "PageUp":
      return place + page;
    case "PageDown":
      return place - page;
    case "Home":
      return 0;
    case "End":
      return total - 1;
    default:
      return null;
  }
}
