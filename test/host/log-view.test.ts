import { describe, expect, it } from "vitest";
import type { LogKind, LogQuery } from "../../src/bridge/stores-view";
import { MAX_STEP_PREVIEWS } from "../../src/bridge/stores-view";
import { answerLog } from "../../src/host/log-view";
import type { SessionEvent } from "../../src/session/event";
import { envelope, frames, incoming, reply } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const TOPIC = "musubi:connection";
const ROOT = { connection: 1, topic: TOPIC, root_id: "c1" };
const EVENTS = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0, child: {"__musubi_store_id__": ["child"], n: 0}}
  > add {sku: "x"} < ok {count: 1} < v2 /total=4 > tidy {} @child < error {reason: "unknown command"} > add {sku: "y"}`;

function query(what: LogKind, more: Partial<LogQuery> = {}): LogQuery {
  return { kind: "log", what, root: ROOT, store_id: [], whole: false, from: "end", count: 50, ...more };
}

const logIn = (events: readonly SessionEvent[], asked: LogQuery, at: number | null = null) =>
  answerLog(asked)(createLifeScene(events).scene(at));

describe("the commands of a store", () => {
  it("have their replies, the time that these took and the envelopes that they led to", () => {
    expect(logIn(EVENTS, query("commands"))).toEqual({
      ...{ kind: "log", what: "commands", from: 0, total: 2, forgotten: 0, fault: null },
      lines: [
        {
          ...{ seq: 8, t: 7, name: "add", preview: '{"sku": "x"}', status: "ok", rtt_ms: 1, ended_seq: 9 },
          ...{ meaning: null, patch_seqs: [10], confidence: "high", by: "page", body: null },
        },
        {
          ...{ seq: 13, t: 12, name: "add", preview: '{"sku": "y"}', status: "pending", rtt_ms: null },
          ...{ ended_seq: null, meaning: null, patch_seqs: [], confidence: null, by: "page", body: null },
        },
      ],
    });
  });

  it("have payload and reply where these are asked for", () => {
    expect(logIn(EVENTS, query("commands", { from: 0, count: 1, whole: true }))).toMatchObject({
      ...{ from: 0, total: 2 },
      lines: [{ seq: 8, body: { payload: { sku: "x" }, reply: { count: 1 } } }],
    });
  });

  it("have it explained why they were refused, or halted by a hook", () => {
    const refused = logIn(EVENTS, query("commands", { store_id: ["child"] }));
    expect(refused).toMatchObject({
      lines: [{ name: "tidy", status: "error", meaning: "The store declares no command of this name." }],
    });
    const denied = reply(1, "1", "5", TOPIC, "ok", { ok: false, reason: "unauthorized" });
    expect(logIn([...EVENTS, denied], query("commands", { from: 1 }))).toMatchObject({
      lines: [{ status: "ok", meaning: "A hook of the store halted the command: unauthorized." }],
    });
  });

  it("are those up to the moment that is looked at, as they stood then", () => {
    expect(logIn(EVENTS, query("commands"), 7)).toMatchObject({ total: 0, lines: [] });
    expect(logIn(EVENTS, query("commands"), 8)).toMatchObject({ total: 1, lines: [{ status: "pending" }] });
    expect(logIn(EVENTS, query("commands"), 9)).toMatchObject({
      lines: [{ status: "ok", ended_seq: 9, patch_seqs: [], confidence: null }],
    });
  });

  it("are told again only when more has happened", () => {
    const life = createLifeScene(EVENTS);
    const answer = answerLog(query("commands"));
    expect(answer(life.scene())).not.toBeNull();
    expect(answer(life.scene())).toBeNull();
    life.append(reply(1, "1", "5", TOPIC, "ok", {}));
    expect(answer(life.scene())).toMatchObject({ lines: [{}, { status: "ok" }] });
  });

  it("are none where there is no such root", () => {
    const root = { ...ROOT, root_id: "none" };
    expect(logIn(EVENTS, query("commands", { root }))).toMatchObject({ total: 0, lines: [], fault: null });
  });
});

describe("the push events of a store", () => {
  const toast = { store_id: [], name: "toast", payload: { text: "added" } };
  const payload = { ...envelope(3, []), root_id: "c1", events: [toast, { ...toast, store_id: ["child"] }] };
  const events = [...EVENTS, incoming(1, "1", null, TOPIC, "patch", payload)];

  it("are those of its own id", () => {
    expect(logIn(events, query("events", { whole: true }))).toMatchObject({
      ...{ total: 1 },
      lines: [{ seq: 14, name: "toast", preview: '{"text": "added"}', body: { payload: { text: "added" } } }],
    });
  });
});

describe("the changes of a store", () => {
  const change = (version: number, count: number): SessionEvent =>
    incoming(1, "1", null, TOPIC, "patch", {
      ...envelope(
        version,
        Array.from({ length: count }, (_, n) => ({ op: "add", path: `/f${n}`, value: n })),
      ),
      root_id: "c1",
    });

  it("have their version, their cause and a preview of their first steps", () => {
    const most = MAX_STEP_PREVIEWS;
    const view = logIn([...EVENTS, change(3, most + 2)], query("changes"));
    expect(view).toMatchObject({
      ...{ from: 0, total: 3, fault: null },
      lines: [
        { version: 1, cause: null, previews: [{ what: "mounted", before: null }] },
        {
          ...{ seq: 10, version: 2, by: "envelope", cause: { seq: 8, name: "add", confidence: "high" } },
          ...{ steps: 1, more: false, body: null, render: null },
          previews: [{ what: "field", path: "/total", before: "0", after: "4" }],
        },
        { version: 3, steps: most + 2 },
      ],
    });
    expect(view?.kind === "log" && view.what === "changes" && view.lines[2]?.previews.length).toBe(most);
  });

  it("have all their steps where these are asked for", () => {
    expect(logIn(EVENTS, query("changes", { from: 1, count: 1, whole: true }))).toMatchObject({
      lines: [{ version: 2, body: { steps: [{ what: "field", path: "/total", before: 0, after: 4 }] } }],
    });
  });

  it("are those up to the moment that is looked at, and told again only when the root has moved", () => {
    expect(logIn(EVENTS, query("changes"), 9)).toMatchObject({ total: 1 });
    const life = createLifeScene(EVENTS);
    const answer = answerLog(query("changes"));
    expect(answer(life.scene())).toMatchObject({ total: 2 });
    life.append(reply(1, "1", "5", TOPIC, "ok", {}));
    expect(answer(life.scene())).toBeNull();
    life.append(change(3, 1));
    expect(answer(life.scene())).toMatchObject({ total: 3 });
  });

  it("are not read anew where one of them is told whole", () => {
    const life = createLifeScene(EVENTS);
    const answer = answerLog(query("changes", { from: 1, count: 1, whole: true }));
    expect(answer(life.scene())).toMatchObject({ lines: [{ version: 2 }] });
    life.append(change(3, 1));
    expect(answer(life.scene())).toBeNull();
    expect(answer(life.scene(9))).toMatchObject({ total: 1, lines: [] });
  });

  it("say why there are none where the store was never there", () => {
    const view = logIn(EVENTS, query("changes", { store_id: ["none"] }));
    expect(view).toMatchObject({ total: 0, lines: [] });
    expect(view?.kind === "log" && view.fault).toMatch(/has ever had the id \["none"\]/);
  });
});
