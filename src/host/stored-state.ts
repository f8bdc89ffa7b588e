import { isCount, isObject } from "../bridge/guard";
import type { BookState } from "./book";
import type { DocumentsState } from "./documents";
import type { PageSourceState } from "./page-source";
import type { RecordingState, RecordingSummary } from "./recording";
import type { Segment } from "./segments";

/** Where the sessions of a tab stand, as it is written to the store together with their events. */
export type StoredState = {
  readonly version: typeof STATE_VERSION;
  readonly live: RecordingState;
  readonly past: RecordingState | null;
};

export const STATE_VERSION = 1;

/** Reads what a host wrote; null: it is none of this version's. */
export function readState(text: string): StoredState | null {
  try {
    const value: unknown = JSON.parse(text);
    return isState(value) ? value : null;
  } catch {
    return null;
  }
}

function isState(value: unknown): value is StoredState {
  return (
    isObject(value) &&
    value.version === STATE_VERSION &&
    isRecording(value.live) &&
    (value.past === null || isRecording(value.past))
  );
}

function isRecording(value: unknown): value is RecordingState {
  return isObject(value) && isSummary(value.summary) && isDocuments(value.documents) && isBook(value.book);
}

function isSummary(value: unknown): value is RecordingSummary {
  return isObject(value) && isCount(value.events) && isTextOrNull(value.url) && isTextOrNull(value.title);
}

function isDocuments(value: unknown): value is DocumentsState {
  return (
    isObject(value) &&
    typeof value.first === "string" &&
    isTextOrNull(value.top) &&
    isCount(value.sockets) &&
    (value.started_at === null || isTime(value.started_at)) &&
    Array.isArray(value.sources) &&
    value.sources.every(
      (item: unknown) => isObject(item) && typeof item.document === "string" && isSource(item.source),
    )
  );
}

function isSource(value: unknown): value is PageSourceState {
  return (
    isObject(value) &&
    isTextOrNull(value.frame) &&
    isCount(value.seq) &&
    isTime(value.bytes) &&
    isTime(value.newest) &&
    typeof value.isBarren === "boolean" &&
    typeof value.isAway === "boolean" &&
    Array.isArray(value.sockets) &&
    value.sockets.every((pair: unknown) => Array.isArray(pair) && pair.length === 2 && pair.every(isCount))
  );
}

function isBook(value: unknown): value is BookState {
  return (
    isObject(value) &&
    isCount(value.chunks) &&
    isCount(value.next) &&
    Array.isArray(value.segments) &&
    value.segments.every(isSegment)
  );
}

function isSegment(value: unknown): value is Segment {
  return (
    isObject(value) &&
    isCount(value.index) &&
    isCount(value.first) &&
    isCount(value.head_bytes) &&
    isCount(value.bytes)
  );
}

function isTextOrNull(value: unknown): boolean {
  return value === null || typeof value === "string";
}

function isTime(value: unknown): boolean {
  return typeof value === "number" && Number.isFinite(value) && value >= 0;
}
