import { MAX_MARKS, type RatesQuery } from "../bridge/timeline-view";
import type { Answerer } from "./answerer";
import type { Recording } from "./recording";
import { workOn } from "./slices";

/** How much of what happened when, over the whole session, whichever moment is looked at. */
export function answerRates({ from_t, to_t, buckets }: RatesQuery): Answerer {
  let seen: { readonly recording: Recording; readonly events: number; readonly left: number } | null = null;
  return (scene) => {
    const { recording } = scene;
    const { rates, journal } = recording;
    workOn(rates, scene);
    const [events, left] = [journal.length(), rates.left()];
    if (seen?.recording === recording && seen.events === events && seen.left === left) return null;
    seen = { recording, events, left };
    return { kind: "rates", ...rates.read({ from_t, to_t, buckets, marks: MAX_MARKS }) };
  };
}
