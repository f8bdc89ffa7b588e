import { bare } from "../bridge/bare";
import type { FrameRun } from "../bridge/frame-run";
import type { TapEvent } from "../bridge/tap-message";
import { bufferLength } from "./native";

// Taken now: a page may replace it later.
const { round } = Math;

/**
 * A batch leaves when it has waited, or as soon as it takes this much. Its frames' own strings live as long as it waits,
 * and what outlives the collector's youngest generation costs a page more than the further batches do.
 */
export const MAX_BATCH_BYTES = 48 * 1024;

/** What an event costs beside what it carries. */
const EVENT_OVERHEAD_BYTES = 128;

/** Events that go together, as the message that they go with. What is not said of a message there is for the tap alone. */
export type Batch = {
  readonly kind: "events";
  readonly first: number;
  count: number;
  /** About how much memory they take. */
  bytes: number;
  /** What they are carried as: text frames that follow each other as one. */
  readonly events: (TapEvent | FrameRun)[];
  /** The newest, if it can be longer still. */
  run: GrowingRun | null;
};

type GrowingRun = {
  -readonly [Key in keyof FrameRun]: FrameRun[Key] extends readonly (infer Item)[] ? Item[] : FrameRun[Key];
};

/** An empty one. Its lists inherit no items from the page's realm. */
export function createBatch(first: number): Batch {
  return { kind: "events", first, count: 0, bytes: 0, events: bare([]), run: null };
}

export function addEvent(batch: Batch, event: TapEvent): void {
  batch.run = null;
  batch.events[batch.events.length] = event;
  batch.count++;
  batch.bytes += EVENT_OVERHEAD_BYTES + sizeOf(event);
}

/** Adds a text frame that is not long. This is done for each of a page's: nothing is made that need not be. */
export function addText(batch: Batch, at: number, socket: number, sent: boolean, text: string): void {
  let { run } = batch;
  if (run === null) {
    run = { type: "run", at, later: bare([]), socket: bare([]), sent: bare([]), length: bare([]), text: "" };
    batch.events[batch.events.length] = run;
    batch.run = run;
  }
  const frame = run.length.length;
  run.later[frame] = round((at - run.at) * 1000);
  run.socket[frame] = socket;
  run.sent[frame] = sent;
  run.length[frame] = text.length;
  run.text += text;
  batch.count++;
  batch.bytes += EVENT_OVERHEAD_BYTES + text.length;
}

/** Bytes that the event carries, a character counting as one. */
function sizeOf(event: TapEvent): number {
  const carried = carriedBy(event);
  if (carried === null) return 0;
  return typeof carried === "string" ? carried.length : bufferLength(carried);
}

/** By its type: whether a field is there is asked of `Object.prototype` as well, to which the page may have added it. */
function carriedBy(event: TapEvent): string | ArrayBuffer | null {
  if (event.type === "in" || event.type === "out") return event.data;
  if (event.type === "poll") return event.body;
  return event.type === "polled" ? event.text : null;
}
