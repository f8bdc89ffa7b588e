import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPageEvent, type PageEvent } from "../../src/bridge/page-event";
import { isNumberedEvents, type NumberedEvents } from "../../src/bridge/page-message";
import { foldPageEvents } from "../../src/host/fold-page";
import { toSessionEvent } from "../../src/host/session-terms";
import type { SessionEvent } from "../../src/session/event";
import { readSession } from "../../src/session/reader";
import { foldedOnly, standing } from "../support/compacting";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { createPageEvents } from "../support/page-events";
import { pageOfSession } from "../support/page-of-session";
import { lives } from "../support/random-life";
import { describeShared, readRecording, recordingNames } from "../support/shared";

const CART = pageOfSession(
  frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v2 /total=4 > add {sku: "x"}`,
);
const KEPT = [0, 1, 2, 3, 4, 5, 8];

/** Numbers the events from `first` on. */
function numbered(events: readonly unknown[], first = 1): NumberedEvents {
  return { seqs: events.map((_, at) => first + at), events };
}

function append(a: NumberedEvents, b: NumberedEvents): NumberedEvents {
  return { seqs: [...a.seqs, ...b.seqs], events: [...a.events, ...b.events] };
}

/** What a host makes of the events. */
function stateOf({ events }: NumberedEvents): string {
  const terms = { socketOf: (local: number) => local, toSessionTime: (at: number) => at, frame: null };
  const session = events.flatMap((event): readonly SessionEvent[] => {
    const sessionEvent = isPageEvent(event) ? toSessionEvent(event, terms) : null;
    return sessionEvent === null ? [] : [sessionEvent];
  });
  return standing(foldedOnly(session));
}

function expectLaws(events: readonly PageEvent[], split: number): void {
  const whole = stateOf(numbered(events));
  const [head, rest] = [events.slice(0, split), numbered(events.slice(split), split + 1)];
  const folded = foldPageEvents(numbered(head));
  expect(isNumberedEvents(folded)).toBe(true);
  expect(folded.events.every(isPageEvent)).toBe(true);
  expect(folded.seqs).toEqual(folded.seqs.toSorted((a, b) => a - b));
  expect(folded.events.length).toBeLessThanOrEqual(split);
  expect(stateOf(append(folded, rest))).toBe(whole);
  expect(foldPageEvents(folded)).toEqual(folded);
  expect(stateOf(foldPageEvents(append(folded, rest)))).toBe(whole);
}

describe("the events of a document, folded", () => {
  it("keep their numbers and are the same objects; the base comes under the last number", () => {
    const { seqs, events } = foldPageEvents(numbered(CART, 101));
    expect(seqs).toEqual([...KEPT.map((at) => at + 101), 109]);
    for (const [place, at] of KEPT.entries()) expect(events[place]).toBe(CART[at]);
    expect(events.at(-1)).toMatchObject({ type: "base", at: 8, socket: 1 });
  });

  it("have bases without what a document cannot know", () => {
    const base = foldPageEvents(numbered(CART)).events.at(-1);
    const text = isPageEvent(base) && base.type === "base" ? base.text : "";
    const { type, t, socket, ...rest } = JSON.parse(text);
    expect([type, t, socket]).toEqual([undefined, undefined, undefined]);
    expect(rest).toMatchObject({ root_id: "c1", status: "mounted", version: 2, join_ref: "1" });
  });

  it("say less in a base that was there before, where another one follows", () => {
    const page = createPageEvents(0);
    const base = { topic: "room:1", join_ref: "1", presence: { ada: { metas: [{ phx_ref: "1" }] } } };
    const leaves = JSON.stringify([
      "1",
      null,
      "room:1",
      "presence_diff",
      { joins: {}, leaves: base.presence },
    ]);
    const cut = [page.socket(), page.base(JSON.stringify(base)), page.page("show"), page.in(leaves)];
    const { seqs, events } = foldPageEvents(numbered(cut));
    expect(seqs).toEqual([1, 2, 3, 4]);
    expect(events[1]).toEqual({ ...cut[1], text: JSON.stringify({ ...base, presence: null }) });
    expect(events[3]).toEqual({ ...cut[1], at: 4, text: JSON.stringify({ ...base, presence: {} }) });
  });

  it("leave what is no event as it is, where it is", () => {
    const odd = { type: "in", at: "now" };
    const { seqs, events } = foldPageEvents(numbered([odd, ...CART, null]));
    expect(events[0]).toBe(odd);
    expect([seqs.at(-1), seqs.at(-2), events.at(-2)]).toEqual([11, 11, null]);
  });

  it("leave the page's life, gaps and bases that cannot be read", () => {
    const page = createPageEvents(0);
    const bases = ["{", "null", '{"topic":"x"}', `{"a":${"[".repeat(5000)}${"]".repeat(5000)}}`];
    const life = [
      page.page("load"),
      page.gap(3, 70),
      ...bases.map((text) => page.base(text)),
      page.page("hide"),
    ];
    expect(foldPageEvents(numbered(life)).events).toEqual(life);
    expect(foldPageEvents(numbered([]))).toEqual(numbered([]));
  });

  it("have a gap for pushes that nobody answers, where there are too many, and still their bases", () => {
    const page = createPageEvents();
    const pushes = Array.from({ length: 5 }, (_, n) =>
      page.out(JSON.stringify(["1", `p${n}`, "room:1", "typing", { text: "x".repeat(1_000) }])),
    );
    const all = numbered([...CART, ...pushes]);
    // The cart's command is not answered either.
    const once = foldPageEvents(all, 3_000);
    const gaps = ({ events }: NumberedEvents) =>
      events.filter((event) => isPageEvent(event) && event.type === "gap");
    expect(gaps(once)).toMatchObject([{ events: 4, bytes: expect.any(Number) }]);
    expect(once.events.filter((event) => pushes.some((push) => push === event))).toEqual(pushes.slice(3));
    expect(stateOf(once)).toBe(stateOf(all));

    const more = numbered([page.out('["1","q","room:1","typing",{}]')], all.events.length + 1);
    const twice = foldPageEvents(append(once, more), 2_000);
    expect(gaps(twice)).toMatchObject([{ events: 5 }]);
    expect(stateOf(twice)).toBe(stateOf(append(all, more)));
  });

  it("lead to the same state as themselves, wherever they are folded (seed 71)", () => {
    fc.assert(
      fc.property(lives, fc.nat(100_000), (events, at) => {
        const page = pageOfSession(events);
        expectLaws(page, at % (page.length + 1));
      }),
      // The law itself is tried elsewhere, of the engine; here it is about what stands around it.
      { seed: 71, numRuns: 100 },
    );
  });

  it("never throw, whatever they are (seed 72)", () => {
    const anything = fc.oneof(garbage.map(pageOfSession), fc.array(fc.anything()));
    fc.assert(
      fc.property(fc.array(anything, { maxLength: 4 }), (parts) => {
        const events = parts.flat();
        const folded = foldPageEvents(numbered(events));
        expect(folded.events.length).toBeLessThanOrEqual(events.length);
        const strange = events.filter((event) => !isPageEvent(event));
        expect(folded.events.filter((event) => !isPageEvent(event))).toEqual(strange);
      }),
      { seed: 72, numRuns: lawRuns() },
    );
  });
});

describeShared("recordings as pages reported them", () => {
  it.each(recordingNames())("%s: lead to the same state when they were folded", (name) => {
    const session = readSession(readRecording(name));
    const page = pageOfSession(session.ok ? session.value.events : []);
    for (const part of [0.3, 0.7, 1]) expectLaws(page, Math.floor(page.length * part));
  });
});
