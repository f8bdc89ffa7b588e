import { type FrameRun, frameAt, framesOf, isFrameRun, laterFrames } from "./frame-run";
import { accountedBytes, memoryOf, type PageEvent } from "./page-event";

/** What events are carried and kept as: one event, or a run of frames. In a list of them the order is that of the events. */
export type Chunk = PageEvent | FrameRun;

/** What a frame in a run costs beside what it carries. */
const RUN_FRAME_BYTES = 32;

/** How many events it is. */
export function countOf(chunk: Chunk): number {
  return chunk.type === "run" ? chunk.length.length : 1;
}

/** About how much memory it takes, in bytes. */
export function memoryOfChunk(chunk: Chunk): number {
  return chunk.type === "run" ? chunk.text.length + RUN_FRAME_BYTES * countOf(chunk) : memoryOf(chunk);
}

/** Frame bytes that it stands for. */
export function accountedBytesOfChunk(chunk: Chunk): number {
  return chunk.type === "run" ? chunk.text.length : accountedBytes(chunk);
}

export function eventsOf(chunk: Chunk): readonly PageEvent[] {
  return chunk.type === "run" ? framesOf(chunk) : [chunk];
}

/** One of its events, to be kept: it holds no other. */
export function eventAt(chunk: Chunk, offset: number): PageEvent {
  return chunk.type === "run" ? frameAt(chunk, offset) : chunk;
}

/** The chunk without its first `count` events, of which it has more. */
export function withoutFirst(chunk: Chunk, count: number): Chunk {
  return chunk.type === "run" && count > 0 ? laterFrames(chunk, count) : chunk;
}

/** A list that should be one of chunks as the list of their events. What is no run stays what it is, to be checked. */
export function unpack(values: readonly unknown[]): readonly unknown[] {
  return values.flatMap((value): readonly unknown[] => (isFrameRun(value) ? framesOf(value) : [value]));
}
