import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corruptData, padEnvelope, truncateData } from "../../../src/server/faults/damage";
import { createRandom, reorderItems } from "../../../src/server/faults/random";
import { readWireFrame } from "../../../src/server/faults/read-frame";
import { encodeFrame } from "../../../src/wire/codec";
import { encodeFrameV1 } from "../../../src/wire/codec-v1";
import { isEnvelope } from "../../../src/wire/envelope";
import { utf8Length } from "../../../src/wire/utf8-length";
import { lawRuns } from "../../support/law-runs";
import { envelopeOf } from "./faulty-server";

const frames = fc.record({
  join_ref: fc.option(fc.string()),
  ref: fc.option(fc.string()),
  topic: fc.string({ unit: "binary" }),
  event: fc.constantFrom("patch", "command", "news"),
  payload: fc.dictionary(fc.string(), fc.oneof(fc.string(), fc.integer(), fc.constant(null))),
});
const texts = frames.chain((frame) => fc.constantFrom(encodeFrame(frame, "in"), encodeFrameV1(frame, "in")));
const randoms = fc.integer().map(createRandom);

describe("damage to a frame", () => {
  it("makes a corrupt or truncated text no frame of either version (seed 7)", () => {
    fc.assert(
      fc.property(texts, randoms, fc.integer({ min: 1, max: 9 }), (text, random, length) => {
        expect(readWireFrame(text, "in")).not.toBeNull();
        expect(readWireFrame(corruptData(text, length, random), "in")).toBeNull();
        expect(readWireFrame(truncateData(text, undefined, random), "in")).toBeNull();
      }),
      { numRuns: lawRuns(), seed: 7 },
    );
  });

  it("changes bytes in up to as many places as it is asked to, never none (seed 8)", () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 50 });
    fc.assert(
      fc.property(bytes, randoms, fc.integer({ min: 1, max: 9 }), (data, random, length) => {
        const spoilt = corruptData(data, length, random);
        const changed = [...data].filter((byte, at) => byte !== spoilt[at]).length;
        expect(spoilt).toHaveLength(data.length);
        expect(changed).toBeGreaterThan(0);
        expect(changed).toBeLessThanOrEqual(length);
        expect(truncateData(data, undefined, random).length).toBeLessThan(data.length);
      }),
      { numRuns: lawRuns(), seed: 8 },
    );
  });

  it("cuts after as many characters as it is told", () => {
    expect(truncateData('["1","2"', 3, createRandom(1))).toBe('["1');
    expect(truncateData(Uint8Array.of(1, 2, 3), 2, createRandom(1))).toEqual(Uint8Array.of(1, 2));
  });

  it.each([encodeFrame, encodeFrameV1])("pads an envelope to the very number of bytes: %o", (encode) => {
    const frame = {
      join_ref: null,
      ref: null,
      topic: "müsubi:1",
      event: "patch",
      payload: envelopeOf("é", 2),
    };
    const padded = padEnvelope(encode(frame, "in"), 5_000);
    expect(utf8Length(String(padded))).toBe(5_000);
    const read = readWireFrame(padded, "in")?.frame;
    expect(read).toMatchObject(frame);
    expect(read !== undefined && isEnvelope(read.payload)).toBe(true);
  });

  it("leaves a frame that is longer already, and what is none, as it was", () => {
    const text = encodeFrame({ join_ref: null, ref: null, topic: "t", event: "patch", payload: {} }, "in");
    expect(padEnvelope(text, 10)).toBe(text);
    expect(padEnvelope("no frame", 100)).toBe("no frame");
  });
});

describe("the seeded source of chance", () => {
  it("gives the same numbers for the same seed, others for another, all from 0 to below 1", () => {
    const take = (seed: number) => Array.from({ length: 100 }, createRandom(seed));
    expect(take(5)).toEqual(take(5));
    expect(take(5)).not.toEqual(take(6));
    expect(take(5).every((number) => number >= 0 && number < 1)).toBe(true);
    expect(new Set(take(5)).size).toBe(100);
  });

  it("gives items another order, and loses none (seed 9)", () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 9 }), randoms, (count, random) => {
        const items = Array.from({ length: count }, (_, at) => at);
        const reordered = reorderItems(items, random);
        expect(reordered).not.toEqual(items);
        expect([...reordered].sort()).toEqual(items);
      }),
      { numRuns: lawRuns(), seed: 9 },
    );
  });
});
