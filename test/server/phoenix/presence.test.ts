import fc from "fast-check";
import { Presence as ClientPresence } from "phoenix";
import { describe, expect, it } from "vitest";
import type { ChannelHandle } from "../../../src/server/phoenix/channel-handle";
import { createExit } from "../../../src/server/phoenix/connection/channel-exit";
import { createPresence, type Presence, type PresenceOwner } from "../../../src/server/phoenix/presence";
import type { PresenceState } from "../../../src/server/phoenix/presence-table";
import { Broadcast, createPubSub } from "../../../src/server/phoenix/pubsub";
import { lawRuns } from "../../support/law-runs";

const TOPIC = "room:lobby";

/** A channel of a test, which can end. */
function startChannel(topic = TOPIC): PresenceOwner & { readonly end: () => void } {
  const exit = createExit((error) => {
    throw error;
  });
  const nothing = () => {};
  const channel: ChannelHandle = {
    push: nothing,
    reply: nothing,
    broadcast: nothing,
    broadcastFrom: nothing,
    send: nothing,
    crash: nothing,
    onExit: exit.listen,
  };
  const end = () => {
    exit.begin({ kind: "left" });
    exit.tell();
  };
  return { topic, channel, end };
}

/** Presence whose refs are `r1`, `r2` ..., and the payloads of everything that is broadcast on the topic. */
function startPresence() {
  const pubsub = createPubSub();
  const diffs: unknown[] = [];
  pubsub.subscribe(TOPIC, (message) => {
    if (message instanceof Broadcast && message.event === "presence_diff") diffs.push(message.payload);
  });
  let refs = 0;
  const presence = createPresence(pubsub, () => {
    refs += 1;
    return `r${refs}`;
  });
  return { pubsub, presence, diffs };
}

describe("presence", () => {
  it("tells the topic of a join, and lists it", () => {
    const { presence, diffs } = startPresence();
    expect(presence.track(startChannel(), "ada", { status: "on" })).toEqual({ ok: true, value: "r1" });
    const ada = { ada: { metas: [{ status: "on", phx_ref: "r1" }] } };
    expect(diffs).toEqual([{ joins: ada, leaves: {} }]);
    expect(presence.list(TOPIC)).toEqual(ada);
    expect(presence.list("room:other")).toEqual({});
  });

  it("tells of an update as a join with phx_ref_prev and a leave", () => {
    const { presence, diffs } = startPresence();
    const ada = startChannel();
    presence.track(ada, "ada", { online_at: 7, status: "on" });
    expect(presence.update(ada, "ada", { online_at: 7, status: "away 💤" })).toEqual({
      ok: true,
      value: "r2",
    });
    const away = { online_at: 7, status: "away 💤", phx_ref: "r2", phx_ref_prev: "r1" };
    expect(diffs[1]).toEqual({
      joins: { ada: { metas: [away] } },
      leaves: { ada: { metas: [{ online_at: 7, status: "on", phx_ref: "r1" }] } },
    });
    expect(presence.list(TOPIC)).toEqual({ ada: { metas: [away] } });
  });

  it("updates with a function of the present meta", () => {
    const { presence } = startPresence();
    const ada = startChannel();
    presence.track(ada, "ada", { seen: 1 });
    presence.update(ada, "ada", (meta) => ({ ...meta, seen: Number(meta.seen) + 1 }));
    expect(presence.list(TOPIC)).toEqual({
      ada: { metas: [{ seen: 2, phx_ref: "r2", phx_ref_prev: "r1" }] },
    });
  });

  it("refuses to track a key twice for one channel, and to update what is not tracked", () => {
    const { presence, diffs } = startPresence();
    const ada = startChannel();
    expect(presence.update(ada, "ada", {})).toEqual({ ok: false, failure: "not_tracked" });
    presence.track(ada, "ada", {});
    expect(presence.track(ada, "ada", {})).toEqual({ ok: false, failure: "already_tracked" });
    expect(presence.update(startChannel(), "ada", {})).toEqual({ ok: false, failure: "not_tracked" });
    expect(diffs).toHaveLength(1);
  });

  it("keeps a meta for each tab, and the key until the last has left", () => {
    const { presence, diffs } = startPresence();
    const [first, second] = [startChannel(), startChannel()];
    presence.track(first, "ada", { tab: 1 });
    presence.track(second, "ada", { tab: 2 });
    const [one, two] = [
      { tab: 1, phx_ref: "r1" },
      { tab: 2, phx_ref: "r2" },
    ];
    expect(presence.list(TOPIC)).toEqual({ ada: { metas: [one, two] } });
    presence.untrack(first, "ada");
    expect(diffs[2]).toEqual({ joins: {}, leaves: { ada: { metas: [one] } } });
    expect(presence.list(TOPIC)).toEqual({ ada: { metas: [two] } });
    presence.untrack(second);
    expect(presence.list(TOPIC)).toEqual({});
  });

  it("untracks all of a channel's keys when it ends, in one diff", () => {
    const { presence, diffs } = startPresence();
    const tab = startChannel();
    presence.track(tab, "ada", {});
    presence.track(tab, "bob", {});
    tab.end();
    expect(presence.list(TOPIC)).toEqual({});
    expect(diffs.slice(2)).toEqual([
      { joins: {}, leaves: { ada: { metas: [{ phx_ref: "r1" }] }, bob: { metas: [{ phx_ref: "r2" }] } } },
    ]);
  });

  it("untracks at once what a channel tracks that has ended already", () => {
    const { presence, diffs } = startPresence();
    const late = startChannel();
    late.end();
    presence.track(late, "ada", {});
    expect(presence.list(TOPIC)).toEqual({});
    expect(diffs).toHaveLength(2);
  });

  it("tells nothing where nothing is untracked", () => {
    const { presence, diffs } = startPresence();
    const ada = startChannel();
    presence.untrack(ada, "ada");
    presence.track(ada, "ada", {});
    presence.untrack(ada, "bob");
    expect(diffs).toHaveLength(1);
  });

  it("takes any name as a key", () => {
    const { presence } = startPresence();
    const tab = startChannel();
    for (const key of ["__proto__", "constructor", ""]) presence.track(tab, key, {});
    expect(Object.keys(presence.list(TOPIC))).toEqual(["__proto__", "constructor", ""]);
    expect(JSON.stringify(presence.list(TOPIC))).toContain('"__proto__":{"metas":[{"phx_ref":"r1"}]}');
  });

  it("tells everyone of changes in their order, also of one that a diff leads to", () => {
    const { presence, pubsub } = startPresence();
    const [ada, bob] = [startChannel(), startChannel()];
    const seen: string[] = [];
    pubsub.subscribe(TOPIC, () => presence.track(bob, "bob", {}));
    pubsub.subscribe(TOPIC, (message) => {
      if (message instanceof Broadcast) seen.push(JSON.stringify(message.payload));
    });
    presence.track(ada, "ada", {});
    expect(seen).toHaveLength(2);
    expect(seen[0]).toContain('"ada"');
    expect(seen[1]).toContain('"bob"');
  });

  it("gives refs that differ, without being told how", () => {
    const presence = createPresence(createPubSub());
    const refs = ["a", "b", "c"].map((key) => presence.track(startChannel(), key, {}));
    expect(new Set(refs.map((ref) => ref.ok && ref.value)).size).toBe(3);
  });
});

type Act = {
  readonly kind: "track" | "update" | "untrack" | "untrack all" | "end";
  readonly tab: number;
  readonly key: string;
};

const act = fc.record<Act>({
  kind: fc.constantFrom("track", "track", "track", "update", "untrack", "untrack all", "end"),
  tab: fc.nat({ max: 3 }),
  key: fc.constantFrom("ada", "bob", "__proto__"),
});

function perform(
  presence: Presence,
  tabs: ReturnType<typeof startChannel>[],
  { kind, tab, key }: Act,
  at: number,
) {
  const owner = tabs[tab] ?? startChannel();
  if (kind === "track") presence.track(owner, key, { at });
  if (kind === "update") presence.update(owner, key, (meta) => ({ ...meta, at }));
  if (kind === "untrack") presence.untrack(owner, key);
  if (kind === "untrack all") presence.untrack(owner);
  if (kind !== "end") return;
  owner.end();
  tabs[tab] = startChannel();
}

const entries = (state: object) => Object.entries(state).sort(([a], [b]) => (a < b ? -1 : 1));

describe("a client that merges the diffs", () => {
  it("holds what the server lists, whenever it came (seed 62)", () => {
    const program = fc.array(act, { maxLength: 40 });
    fc.assert(
      fc.property(program, fc.nat({ max: 40 }), (acts, cameAt) => {
        const { presence, pubsub } = startPresence();
        const tabs = [0, 1, 2, 3].map(() => startChannel());
        let held: PresenceState | null = null;
        pubsub.subscribe(TOPIC, (message) => {
          if (!(message instanceof Broadcast) || held === null) return;
          held = ClientPresence.syncDiff(held, JSON.parse(JSON.stringify(message.payload)));
        });
        for (const [at, next] of acts.entries()) {
          const state = JSON.parse(JSON.stringify(presence.list(TOPIC)));
          if (at === cameAt) held = ClientPresence.syncState({}, state);
          perform(presence, tabs, next, at);
          if (held !== null) expect(entries(held)).toEqual(entries(presence.list(TOPIC)));
        }
      }),
      { seed: 62, numRuns: lawRuns() },
    );
  });

  it("holds nobody when everyone has left (seed 63)", () => {
    fc.assert(
      fc.property(fc.array(act, { maxLength: 40 }), (acts) => {
        const { presence } = startPresence();
        const tabs = [0, 1, 2, 3].map(() => startChannel());
        for (const [at, next] of acts.entries()) perform(presence, tabs, next, at);
        for (const tab of tabs) tab.end();
        expect(presence.list(TOPIC)).toEqual({});
      }),
      { seed: 63, numRuns: lawRuns() },
    );
  });
});
