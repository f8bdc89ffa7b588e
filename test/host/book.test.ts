import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type Book,
  type BookEntry,
  createBook,
  MAX_CHUNK_CHARS,
  MAX_PENDING_CHARS,
  MIN_CHUNK_CHARS,
} from "../../src/host/book";
import type { StoredChunk } from "../../src/host/journal-store";
import { lawRuns } from "../support/law-runs";

const MEBIBYTE = 1024 * 1024;

type Step = { readonly kind: "add"; readonly chars: number } | { readonly kind: "take" | "confirm" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("add" as const),
      chars: fc.constantFrom(10, 5_000, 150_000, 300_000),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constantFrom("take" as const, "confirm" as const) }) },
);

describe("what is to be stored of a session", () => {
  it("is stored whole and in order, whenever it is taken and whatever comes while it is written", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const { book, lines, add, take, confirm, stored } = open();
        let taken: number | null = null;
        for (const one of steps) {
          if (one.kind === "add") add(one.chars);
          else if (one.kind === "take") {
            take();
            taken = lines.length;
          } else if (taken !== null) {
            confirm();
            expect(stored()).toEqual(lines.slice(0, taken));
            taken = null;
          }
        }
        take();
        confirm();
        expect(stored()).toEqual(lines);
        expect(book.pending()).toBe(0);
        expect(book.take()).toEqual({ chunks: [], below: null });
      }),
      { numRuns: lawRuns(300) },
    );
  });

  it("stands in chunks that are neither many nor large, however little is written at once", () => {
    const { add, take, confirm, disk } = open();
    for (let n = 0; n < 1_000; n++) {
      add(n % 100 === 0 ? 100_000 : 300);
      take();
      confirm();
    }
    const sizes = [...disk.values()].map(({ text }) => text.length);

    expect(Math.min(...sizes.slice(0, -1))).toBeGreaterThanOrEqual(MIN_CHUNK_CHARS);
    expect(Math.max(...sizes)).toBeLessThan(MAX_CHUNK_CHARS);
  });

  it("can be read from where a head stands, as often as heads are worth it", () => {
    const { add, take, confirm, disk, book } = open({ head: ["h".repeat(MEBIBYTE)] });
    for (let n = 0; n < 400; n++) {
      add(100_000);
      take();
      confirm();
    }
    const heads = [...disk.values()].filter(({ head }) => head !== null && head !== "");

    expect(heads.map(({ index }) => index)).toEqual(
      book
        .state()
        .segments.slice(1)
        .map(({ index }) => index),
    );
    // 40 MB: a segment has at least 16.
    expect(heads).toHaveLength(2);
  });

  it("has no segment that alone fills what the session may take", () => {
    const { add, book } = open({ head: ["h".repeat(2 * MEBIBYTE)], maxBytes: 16 * MEBIBYTE });
    for (let n = 0; n < 400; n++) add(100_000);

    expect(Math.max(...book.state().segments.map(({ bytes }) => bytes))).toBeLessThan(11 * MEBIBYTE);
  });

  it("is let go beyond what may wait, and begins anew with a head", () => {
    const { add, book, take, confirm, disk } = open({ head: ["head\n"] });
    const most = MAX_PENDING_CHARS / MEBIBYTE;
    for (let n = 0; n < most + 10; n++) add(MEBIBYTE);
    expect(book.pending()).toBeLessThan(MAX_PENDING_CHARS);

    take();
    confirm();
    const [first] = disk.values();
    expect(first).toMatchObject({ head: "head\n", first: most + 1 });
    expect(book.state()).toMatchObject({
      next: most + 11,
      segments: [{ first: most + 1, index: first?.index }],
    });
  });
});

/** A book, and a disk on which what was taken stands once it is confirmed. */
function open({
  head = [],
  maxBytes = 512 * MEBIBYTE,
}: {
  head?: readonly string[];
  maxBytes?: number;
} = {}) {
  const lines: string[] = [];
  const disk = new Map<number, StoredChunk>();
  const first = (): readonly string[] => (lines.length > 1 ? head : []);
  const book: Book = createBook({ session: () => "s", head: first, maxBytes: () => maxBytes });
  let entry: BookEntry = { chunks: [], below: null };
  return {
    ...{ book, lines, disk },
    add(chars: number) {
      const line = `${lines.length} ${"x".repeat(chars)}\n`;
      lines.push(line);
      book.add(line);
    },
    take() {
      entry = book.take();
    },
    confirm() {
      for (const index of disk.keys()) if (index < (entry.below ?? 0)) disk.delete(index);
      for (const chunk of entry.chunks) disk.set(chunk.index, chunk);
      book.confirm();
    },
    stored: () => [...disk.values()].flatMap(({ text }) => text.split(/(?<=\n)/)),
  };
}
