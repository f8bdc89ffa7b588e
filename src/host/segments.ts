/** A run of chunks that begins with one that has a head: from there on its session can be read. */
export type Segment = {
  /** Its first chunk's index, and the `seq` of that chunk's first event. */
  readonly index: number;
  readonly first: number;
  /** About what its head and all of it take on disk. */
  readonly head_bytes: number;
  readonly bytes: number;
};

/** The segments of one session that are not let go, oldest first. */
export type Segments = {
  /** Whether the next chunk should begin a new one. */
  readonly isDue: () => boolean;
  readonly begin: (at: { readonly index: number; readonly first: number }, head: string) => void;
  /** The newest one has one more line. */
  readonly grow: (line: string) => void;
  /** Lets the oldest go; false where it is the only one. */
  readonly drop: () => boolean;
  readonly clear: () => void;
  readonly all: () => readonly Segment[];
  /** About what they take on disk. */
  readonly bytes: () => number;
};

/** Heads cost time and room: a segment is at least so large, and so many times as large as its head. */
const MIN_SEGMENT_BYTES = 16 * 1024 * 1024;
const HEADS_A_SEGMENT = 8;

/** @param maxBytes what the session may take on disk */
export function createSegments(from: readonly Segment[], maxBytes: () => number): Segments {
  let segments = [...from];

  return {
    isDue() {
      const newest = segments.at(-1);
      if (newest === undefined) return true;
      // No more than about half of what the session may take is to stand in one of them.
      const least = Math.min(MIN_SEGMENT_BYTES, maxBytes() / 4);
      const worthwhile = Math.min(newest.head_bytes * HEADS_A_SEGMENT, maxBytes() / 2);
      return newest.bytes - newest.head_bytes >= Math.max(least, worthwhile);
    },
    begin({ index, first }, head) {
      const bytes = diskBytes(head);
      segments.push({ index, first, head_bytes: bytes, bytes });
    },
    grow(line) {
      const newest = segments.at(-1);
      if (newest === undefined) return;
      segments[segments.length - 1] = { ...newest, bytes: newest.bytes + diskBytes(line) };
    },
    drop() {
      const [oldest, ...rest] = segments;
      if (oldest === undefined || rest.length === 0) return false;
      segments = rest;
      return true;
    },
    clear() {
      segments = [];
    },
    all: () => [...segments],
    bytes: () => segments.reduce((sum, segment) => sum + segment.bytes, 0),
  };
}

const BEYOND_ONE_BYTE = /[\u0100-\uffff]/;

/** About what a text takes on disk: browsers keep it with one byte a character where none needs two. */
function diskBytes(text: string): number {
  return BEYOND_ONE_BYTE.test(text) ? 2 * text.length : text.length;
}
