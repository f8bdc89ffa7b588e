import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fault } from "../../../src/server/faults/fault";
import { FAULT_KINDS, readFault } from "../../../src/server/faults/read-fault";
import { lawRuns } from "../../support/law-runs";

const everyField: readonly Fault[] = [
  { kind: "drop", code: 1006, start: { direction: "out", event: "command", topic: "musubi:*", after: 2 } },
  { kind: "stall", direction: "in", ms: 100, start: {} },
  { kind: "half_open", ms: 100, start: { event: "patch" } },
  { kind: "crash_store", topic: "musubi:*", start: { event: "command" } },
  { kind: "delay", ms: 10, jitter: 5, reorder: true, match: { direction: "in", count: "every" } },
  { kind: "duplicate", copies: 3, match: { event: "patch", count: 2 } },
  { kind: "reorder", size: 3, ms: 50, match: { topic: "a:*" } },
  { kind: "corrupt", length: 4, match: { after: 1 } },
  { kind: "truncate", length: 0, match: {} },
  { kind: "skip_version", root: "App.Cart:c1", match: { count: 2, after: 1, topic: "musubi:*" } },
  { kind: "refuse_join", reason: "full", match: { event: "mount", count: 3 } },
  { kind: "never_answer", match: { event: "command", topic: "musubi:*" } },
  { kind: "oversize", length: 100_000, root: "c1", match: { after: 1 } },
];

const least: readonly Fault[] = [
  { kind: "drop", code: 4000 },
  { kind: "stall" },
  { kind: "half_open" },
  { kind: "crash_store" },
  { kind: "delay", ms: 0 },
  { kind: "duplicate" },
  { kind: "reorder" },
  { kind: "corrupt" },
  { kind: "truncate" },
  { kind: "skip_version" },
  { kind: "refuse_join" },
  { kind: "never_answer" },
  { kind: "oversize", length: 0 },
];

describe("reading a fault", () => {
  it("takes every kind with all its fields, and with none that it can do without", () => {
    expect(everyField.map(({ kind }) => kind)).toEqual(FAULT_KINDS);
    for (const fault of [...everyField, ...least])
      expect(readFault(fault)).toEqual({ ok: true, value: fault });
  });

  it.each([
    [null, "A fault should be an object, but it is null."],
    [[], "A fault should be an object, but it is an array."],
    [{}, "There is no fault of the kind missing."],
    [{ kind: "explode" }, 'There is no fault of the kind "explode". There are: drop, stall, half_open,'],
    [{ kind: "toString" }, 'There is no fault of the kind "toString".'],
    [
      { kind: "delay" },
      'The fault "delay" is wrong: ms should be a whole number from 0 to 3600000, but it is missing.',
    ],
    [{ kind: "delay", ms: 1.5 }, "ms should be a whole number from 0 to 3600000, but it is 1.5."],
    [
      { kind: "delay", ms: 1, delya: 2 },
      "delya is no field of it. Its fields are: kind, ms, jitter, reorder, match.",
    ],
    [{ kind: "delay", ms: 1, reorder: "no" }, 'reorder should be true or false, but it is "no".'],
    [{ kind: "delay", ms: 1, match: [] }, "match should be an object, but it is an array."],
    [
      { kind: "delay", ms: 1, match: { topic: "a*b" } },
      "match.topic should be a topic, or the beginning of one and a",
    ],
    [
      { kind: "delay", ms: 1, match: { direction: "up" } },
      'match.direction should be "in" or "out", but it is "up".',
    ],
    [
      { kind: "delay", ms: 1, match: { count: 0 } },
      "match.count should be a whole number from 1 to 1000000, or",
    ],
    [{ kind: "drop", code: 1005 }, "code should be a close code from 1000 to 1014 without 1004 and 1005"],
    [{ kind: "drop", code: 1000, start: { count: 2 } }, "start.count is no field of it."],
    [{ kind: "stall", match: {} }, "match is no field of it."],
    [{ kind: "refuse_join", match: { event: "command" } }, 'match.event should be "phx_join" or "mount"'],
    [{ kind: "never_answer", match: { direction: "in" } }, "match.direction is no field of it."],
    [{ kind: "skip_version", match: { event: "patch" } }, "match.event is no field of it."],
    [{ kind: "half_open", ["__proto__"]: 1 }, "__proto__ is no field of it."],
  ])("refuses %j with a sentence", (value, sentence) => {
    expect(readFault(value)).toMatchObject({ ok: false, failure: expect.stringContaining(sentence) });
  });

  it("never throws, and gives back what it accepts, for any JSON (seed 4)", () => {
    const json = fc.oneof(
      fc.jsonValue(),
      fc.record({ kind: fc.constantFrom(...FAULT_KINDS), ms: fc.jsonValue(), match: fc.jsonValue() }),
    );
    const runs = { numRuns: lawRuns(), seed: 4 };
    fc.assert(
      fc.property(json, (value) => {
        const read = readFault(JSON.parse(JSON.stringify(value)));
        if (read.ok) expect(read.value).toEqual(JSON.parse(JSON.stringify(value)));
        else expect(read.failure).toMatch(/\.$/);
      }),
      runs,
    );
  });
});
