import { useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { MomentModel, Newest } from "../model/moment";
import { placeOf, type Span, timeAt } from "../model/track";
import { say } from "../text/say";
import { formatTime } from "./format";
import { Activity } from "./moment/Activity";
import { useSize } from "./use-size";

/** The whole session as a track, with a thumb at the moment that is shown: a WAI-ARIA slider. */
export function Scrubber({ moment }: { readonly moment: MomentModel }) {
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  /** Where the pointer holds the thumb, 0 to 1: seeks follow it. */
  const held = useSignal<number | null>(null);
  const rates = moment.rates.value;
  const newest = moment.newest.value;
  const { width } = size.value;
  useLayoutEffect(() => moment.see(width), [moment, width]);
  const span: Span = rates ?? { from_t: 0, to_t: newest?.t ?? 0 };
  const thumb = moment.thumb.value;
  const place = held.value ?? (thumb === null ? 1 : placeOf(span, thumb));

  function drag(event: TargetedPointerEvent<HTMLDivElement>): void {
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined || box.width === 0) return;
    held.value = Math.min(1, Math.max(0, (event.clientX - box.left) / box.width));
    moment.seek({ kind: "time", t: timeAt(span, held.value) });
  }

  function onPointerDown(event: TargetedPointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    drag(event);
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (moveByKey(moment, event.key)) event.preventDefault();
  }

  return (
    <div
      class="scrubber"
      role="slider"
      tabIndex={0}
      aria-label={say("moment_scrubber")}
      aria-valuemin={Math.round(span.from_t)}
      aria-valuemax={Math.round(span.to_t)}
      aria-valuenow={Math.round(thumb ?? span.to_t)}
      aria-valuetext={describe(moment, newest)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => event.currentTarget.hasPointerCapture(event.pointerId) && drag(event)}
      onLostPointerCapture={() => {
        held.value = null;
      }}
    >
      <div class="scrubber-track" ref={ref}>
        {rates !== null && <Activity rates={rates} />}
        <div class="scrubber-later" style={{ left: `${place * 100}%` }} />
        <div class="scrubber-thumb" style={{ left: `${place * 100}%` }} />
      </div>
    </div>
  );
}

/** Does what a key of a slider means; false: it means nothing. */
function moveByKey(moment: MomentModel, key: string): boolean {
  switch (key) {
    case "ArrowLeft":
    case "ArrowDown":
      moment.step("event", -1);
      return true;
    case "ArrowRight":
    case "ArrowUp":
      moment.step("event", 1);
      return true;
    case "PageDown":
      moment.step("envelope", -1);
      return true;
    case "PageUp":
      moment.step("envelope", 1);
      return true;
    case "Home":
      moment.seek({ kind: "seq", seq: 1 });
      return true;
    case "End":
      moment.pause();
      return true;
    default:
      return false;
  }
}

function describe(moment: MomentModel, newest: Newest | null): string {
  const at = moment.at.value;
  if (newest === null) return "";
  return at === null
    ? say("moment_position_live", formatTime(newest.t), newest.seq)
    : say("moment_position", formatTime(at.t), at.seq, newest.seq);
}
