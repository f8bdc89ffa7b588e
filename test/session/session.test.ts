import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/event";
import { createSessionReader, readSession, type Session } from "../../src/session/reader";
import { describeSessionFault } from "../../src/session/session-fault";
import { writeEvent, writeSession } from "../../src/session/writer";
import { lawRuns } from "../support/law-runs";
import { describeShared, readRecording, recordingNames } from "../support/shared";

const HEADER = '{"format":"musubi-devtools-session","version":1,"producer":"test","extra":{"kept":true}}';
const OPEN = '{"t":1.5,"type":"open","socket":1}';

function read(...lines: readonly string[]): Session {
  const session = readSession(`${lines.join("\n")}\n`);
  if (!session.ok) throw new Error(describeSessionFault(session.failure));
  return session.value;
}

function faultOf(text: string): string {
  const session = readSession(text);
  return session.ok ? "ok" : describeSessionFault(session.failure);
}

describe("a session's header", () => {
  it("is kept with fields that nobody knows", () => {
    expect(read(HEADER).header).toEqual(JSON.parse(HEADER));
  });

  it.each([
    ["an empty file", "", /line 1: the file is empty/],
    ["text", "hello\n", /line 1: the header is not JSON/],
    ["a cut header", HEADER.slice(0, 20), /line 1: the header is not JSON/],
    ["an array", "[]\n", /line 1: the header is not an object/],
    ["another format", '{"format":"har","version":1}\n', /line 1: the format is "har"/],
    ["no format", "{}\n", /line 1: the format is missing/],
    [
      "a higher version",
      '{"format":"musubi-devtools-session","version":7}\n',
      /version 7, .* reads version 1/,
    ],
    ["no version", '{"format":"musubi-devtools-session"}\n', /version is missing/],
  ])("is refused: %s", (_, text, message) => {
    expect(faultOf(text)).toMatch(message);
  });
});

describe("a session's events", () => {
  it("are kept with fields that nobody knows", () => {
    const line = '{"t":2,"type":"in","socket":1,"text":"[]","__proto__":{"x":1},"later":[1]}';
    expect(writeEvent(read(HEADER, line).events[0] ?? never())).toBe(`${line}\n`);
  });

  it("of an unknown type are kept as they stood", () => {
    const line = '{"type":"weather","sky":"blue","t":9}';
    const { events } = read(HEADER, OPEN, line, '{"type":"unknown"}', '{"type":"broken","t":3}');
    expect(events.map(({ type, t }) => [type, t])).toEqual([
      ["open", 1.5],
      ["unknown", 9],
      ["unknown", 9],
      ["unknown", 3],
    ]);
    expect(writeEvent(events[1] ?? never())).toBe(`${line}\n`);
  });

  it.each([
    ["is not JSON", '{"t":2,', /not JSON/],
    ["is no object", "[1]", /not a JSON object/],
    ["has no type", '{"t":2}', /its type should be a string/],
    ["has no time", '{"type":"open","socket":1}', /its t should be/],
    ["has no socket", '{"t":2,"type":"open"}', /its socket should be/],
    ["has neither text nor base64", '{"t":2,"type":"in","socket":1}', /its text should be/],
    ["has a bad phase", '{"t":2,"type":"page","phase":"sleep","url":""}', /its phase should be one of load/],
    ["inherits its fields", '{"__proto__":{"type":"open","t":2,"socket":1}}', /its type should be/],
    ["nests too deep", `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`, /deeper/],
  ])("are broken in their place where a line %s, and the rest loads", (_, line, why) => {
    const { events, truncated_line } = read(HEADER, OPEN, line, OPEN);
    expect(events).toMatchObject([
      { type: "open" },
      { type: "broken", text: line, t: 1.5, line: 3 },
      { type: "open" },
    ]);
    expect(events[1]).toMatchObject({ why: expect.stringMatching(why) });
    expect(truncated_line).toBeNull();
  });

  it("end before a last line that is cut, which is told by its number", () => {
    const text = `${HEADER}\n${OPEN}\n{"t":3,"type":"op`;
    expect(readSession(text)).toMatchObject({
      ok: true,
      value: { events: [{ type: "open" }], truncated_line: 3 },
    });
  });

  it("include a last line that only lacks its newline; empty lines are none", () => {
    const session = readSession(`${HEADER}\r\n\n${OPEN}\n\n${OPEN}`);
    expect(session).toMatchObject({
      ok: true,
      value: { events: [{ t: 1.5 }, { t: 1.5 }], truncated_line: null },
    });
  });

  it("do not hold a line in memory that is longer than the limit", () => {
    const reader = createSessionReader(100);
    const long = `{"t":1,"type":"mark","text":"${"x".repeat(5000)}"}`;
    const pushed = [`${HEADER}\n`, ...(long.match(/.{1,7}/g) ?? []), `\n${OPEN}\n`].map((part) =>
      reader.push(part),
    );
    const events = pushed.flatMap((result) => (result.ok ? result.value : []));
    expect(events).toMatchObject([
      { type: "broken", why: expect.stringMatching(/longer than 100/) },
      { type: "open" },
    ]);
    expect(JSON.stringify(events).length).toBeLessThan(1500);
  });

  it("that a page reported broken are one broken line again, whatever is in them", () => {
    for (const text of ["two\nlines", OPEN, "", '{"half"']) {
      const event: SessionEvent = { type: "broken", t: 1, text, why: "It is no event." };
      const session = readSession(writeSession(read(HEADER).header, [event, event]));
      expect(session).toMatchObject({
        ok: true,
        value: { events: [{ type: "broken" }, { type: "broken" }] },
      });
    }
  });
});

describe("law 4, lossless journal", () => {
  it("reads the same events whatever the chunks are (seed 5)", () => {
    const text = `${HEADER}\n${OPEN}\nbroken\n{"t":4,"type":"in","socket":1,"text":"é🐙"}\n${OPEN}`;
    const whole = readSession(text);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: text.length }), { maxLength: 8 }), (cuts) => {
        const reader = createSessionReader();
        const places = [0, ...cuts.sort((a, b) => a - b), text.length];
        const events = places.slice(1).flatMap((end, at) => {
          const pushed = reader.push(text.slice(places[at], end));
          return pushed.ok ? pushed.value : [];
        });
        const ended = reader.end();
        const all = [...events, ...(ended.ok ? ended.value.events : [])];
        expect({ ok: true, value: { events: all } }).toMatchObject({
          value: { events: whole.ok && whole.value.events },
        });
      }),
      { seed: 5, numRuns: lawRuns() },
    );
  });

  describeShared("on recordings", () => {
    it.each(recordingNames())("%s: reads the same after it was written", (name) => {
      const first = readSession(readRecording(name));
      if (!first.ok) throw new Error("The recording cannot be read.");
      const { header, events } = first.value;
      expect(readSession(writeSession(header, events))).toEqual(first);
      expect(writeSession(header, events)).toBe(readRecording(name));
    });
  });
});

function never(): never {
  throw new Error("The event is missing.");
}
