import { expect, it } from "vitest";
import { type CauseLinks, linksOf } from "../../../src/engine/ask/links";
import { createEngine } from "../../../src/engine/engine";
import { LIMITS } from "../../../src/engine/fold/limits";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { envelope, frames, incoming } from "../../support/frames";

const MOST = 100;
const START = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "x"} < ok`;
const toast = (payload: number) => ({ store_id: [], name: "toast", payload });

function withEvents(count: number): readonly SessionEvent[] {
  const events = Array.from({ length: count }, (_, nth) => toast(nth));
  const patch = envelope(2, [{ op: "replace", path: "/total", value: 4 }], { root_id: "c1", events });
  return [...START, { ...incoming(1, "1", null, "musubi:connection", "patch", patch), t: START.length }];
}

const seqsOf = ({ command, reply, envelopes, events }: CauseLinks) => ({
  command: command?.seq ?? null,
  reply: reply?.seq ?? null,
  envelopes: envelopes.map(({ seq }) => seq),
  events: events.map(({ seq }) => seq),
});

it("leads from a command to its reply, its envelope and the push events, and back from any of them", () => {
  const engine = folded(withEvents(2));
  const links = linksOf(engine, 8, MOST);
  expect(seqsOf(links)).toEqual({ command: 8, reply: 9, envelopes: [10], events: [10, 10] });
  expect(links.confidence).toBe("high");
  expect(links.command).toEqual({ seq: 8, t: 7, summary: "command add of c1" });
  expect(links.reply?.summary).toBe("ok to add after 1 ms");
  expect(links.events.map(({ summary }) => summary)).toEqual(["event toast of c1", "event toast of c1"]);
  expect(linksOf(engine, 9, MOST)).toEqual(links);
  expect(linksOf(engine, 10, MOST)).toEqual(links);
});

it("has a command that nothing came of yet", () => {
  const engine = folded(frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add`);
  expect(seqsOf(linksOf(engine, 8, MOST))).toEqual({ command: 8, reply: null, envelopes: [], events: [] });
});

it("has an envelope that no command caused", () => {
  const engine = folded(START);
  expect(linksOf(engine, 7, MOST)).toMatchObject({ command: null, reply: null, confidence: null });
  expect(linksOf(engine, 7, MOST).envelopes.map(({ seq }) => seq)).toEqual([7]);
});

it("is empty for what has no cause of this kind, and where there is no such event", () => {
  const nothing = { command: null, reply: null, envelopes: [], events: [], confidence: null };
  const engine = folded(START);
  for (const seq of [0, 1, 3, 4, 5, 6, 99]) expect(linksOf(engine, seq, MOST)).toEqual(nothing);
});

it("gives no more of each kind than is asked for", () => {
  const links = linksOf(folded(withEvents(5)), 10, 3);
  expect(seqsOf(links)).toEqual({ command: 8, reply: 9, envelopes: [10], events: [10, 10, 10] });
});

it("leaves out what has been let go", () => {
  const engine = createEngine(undefined, { ...LIMITS, timeline_entries: 2 });
  for (const event of withEvents(0)) engine.fold(event);
  expect(seqsOf(linksOf(engine, 10, MOST))).toEqual({ command: null, reply: 9, envelopes: [10], events: [] });
  expect(seqsOf(linksOf(engine, 8, MOST)).reply).toBeNull();
});

it("has a reply that came after the command's channel had ended, as long as the command is known", () => {
  const events = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add < crash < ok`;
  const engine = folded(events);
  expect(engine.commands).toMatchObject([{ seq: 8, status: "lost" }]);
  expect(seqsOf(linksOf(engine, 8, MOST))).toEqual({ command: 8, reply: 10, envelopes: [], events: [] });
  expect(linksOf(engine, 10, MOST)).toEqual(linksOf(engine, 8, MOST));

  const forgetful = createEngine(undefined, { ...LIMITS, timeline_entries: 1 });
  for (const event of events) forgetful.fold(event);
  expect(forgetful.timeline.at(forgetful.timeline.placeOf(10))?.kind).toBe("reply");
  expect(linksOf(forgetful, 10, MOST)).toMatchObject({ command: null, reply: null, envelopes: [] });
});
