import { isBoolean, isCount, isObject } from "./guard";
import { isSocketId, isTime, type PageEvent } from "./page-event";

/**
 * Text frames that followed each other, in columns: the form in which they leave a page and are kept. An object and a
 * string for each frame cost a page several times as much, most of it when its garbage is collected.
 */
export type FrameRun = {
  readonly type: "run";
  /** When the first came, in milliseconds since 1970, with fractions. */
  readonly at: number;
  /** How much later than the first each came, in microseconds. */
  readonly later: readonly number[];
  readonly socket: readonly number[];
  /** Whether the page sent it. */
  readonly sent: readonly boolean[];
  /** How many characters of `text` each has. */
  readonly length: readonly number[];
  /** All their data, one behind the other. */
  readonly text: string;
};

/** The most that a run may be: it is let go of as a whole. */
const MAX_RUN_CHARS = 1024 * 1024;
const MAX_RUN_FRAMES = 64 * 1024;
const FIELDS = 7;

/** Whether `value`, which a page may have forged, is a run in every field, and has no field besides. */
export function isFrameRun(value: unknown): value is FrameRun {
  if (!isObject(value) || value.type !== "run" || Object.keys(value).length !== FIELDS) return false;
  const { at, later, socket, sent, length, text } = value;
  if (!isTime(at) || typeof text !== "string" || text.length > MAX_RUN_CHARS) return false;
  if (!isColumn(length, isCount) || length.length === 0 || length.length > MAX_RUN_FRAMES) return false;
  if (!isColumn(later, isCount) || !isColumn(socket, isSocketId) || !isColumn(sent, isBoolean)) return false;
  if ([later, socket, sent].some((column) => column.length !== length.length)) return false;
  return length.reduce((sum, chars) => sum + chars, 0) === text.length;
}

function isColumn<Cell>(value: unknown, isCell: (cell: unknown) => cell is Cell): value is readonly Cell[] {
  return Array.isArray(value) && value.every(isCell);
}

/** The frames of a run as the events that they are. */
export function framesOf({ at, later, socket, sent, length, text }: FrameRun): readonly PageEvent[] {
  let start = 0;
  return length.map((chars, frame) => {
    const data = text.slice(start, start + chars);
    start += chars;
    return {
      type: sent[frame] === true ? "out" : "in",
      at: timeOf(at, later[frame] ?? 0),
      socket: socket[frame] ?? 0,
      data,
    };
  });
}

/** One frame of a run; where it is kept, it does not keep the text of the others. */
export function frameAt(run: FrameRun, frame: number): PageEvent {
  const start = charsOf(run, frame);
  const data = run.text.slice(start, start + (run.length[frame] ?? 0));
  return {
    type: run.sent[frame] === true ? "out" : "in",
    at: timeOf(run.at, run.later[frame] ?? 0),
    socket: run.socket[frame] ?? 0,
    // A part of a string holds the whole of it.
    data: structuredClone(data),
  };
}

/** How many characters its first `frames` frames have. */
function charsOf({ length }: FrameRun, frames: number): number {
  let chars = 0;
  for (let frame = 0; frame < frames; frame++) chars += length[frame] ?? 0;
  return chars;
}

function timeOf(at: number, later: number): number {
  return at + later / 1000;
}

/** The run without its first `count` frames, of which it has more. */
export function laterFrames(run: FrameRun, count: number): FrameRun {
  return {
    type: "run",
    at: run.at,
    later: run.later.slice(count),
    socket: run.socket.slice(count),
    sent: run.sent.slice(count),
    length: run.length.slice(count),
    text: run.text.slice(charsOf(run, count)),
  };
}
