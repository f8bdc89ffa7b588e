import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ChannelDetailView, ChannelsView, PresenceView } from "../../src/bridge/life-view";
import { answerChannel, answerChannels } from "../../src/host/channels-view";
import { answerPresence } from "../../src/host/presence-view";
import type { SessionEvent } from "../../src/session/event";
import { frames, incoming, open, out, reply, socket } from "../support/frames";
import { lawRuns } from "../support/law-runs";
import { createLifeScene, type LifeScene } from "../support/life-scene";
import { lives } from "../support/random-life";

const SEED = 4;
const LOBBY = { connection: 1, topic: "room:lobby" };

function channels(scene: LifeScene, at: number | null = null, text = ""): ChannelsView {
  const query = { kind: "channels", text, locate: LOBBY, from: 0, count: 100 } as const;
  const view = answerChannels(query)(scene.scene(at));
  if (view?.kind !== "channels") throw new Error("no channels");
  return view;
}

function channel(scene: LifeScene, at: number | null = null, last = 10): ChannelDetailView {
  const view = answerChannel({ kind: "channel", ...LOBBY, last })(scene.scene(at));
  if (view?.kind !== "channel") throw new Error("no channel");
  return view;
}

function presence(scene: LifeScene, at: number | null = null, more = {}): PresenceView {
  const query = { kind: "presence", ...LOBBY, text: "", person: null, from: 0, count: 10, ...more } as const;
  const view = answerPresence(query)(scene.scene(at));
  if (view?.kind !== "presence") throw new Error("no presence");
  return view;
}

const timed = (...events: readonly SessionEvent[]): readonly SessionEvent[] =>
  events.map((event, t) => ({ ...event, t: t * 10 }));

const who = (...keys: readonly string[]) =>
  Object.fromEntries(keys.map((key) => [key, { metas: [{ phx_ref: key, device: "phone" }] }]));

/** Refused at first, then joined; then two come and one goes. */
const LOBBY_LIFE = timed(
  socket(1),
  open(1),
  out(1, "3", "3", "room:lobby", "phx_join", {}),
  reply(1, "3", "3", "room:lobby", "error", { reason: "unauthorized" }),
  out(1, "5", "5", "room:lobby", "phx_join", {}),
  reply(1, "5", "5", "room:lobby"),
  incoming(1, "5", null, "room:lobby", "presence_state", who("ada")),
  incoming(1, null, null, "room:lobby", "presence_diff", { joins: who("bob"), leaves: {} }),
  incoming(1, null, null, "room:lobby", "presence_diff", { joins: {}, leaves: who("ada") }),
  out(1, "5", "9", "room:lobby", "say", { text: "hi" }),
);

describe("the channels of a page", () => {
  it("show what each is, how often it was joined, and what went over it", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    expect(channels(scene).rows).toEqual([
      {
        ...LOBBY,
        ...{ state: "joined", kind: "plain", join_ref: "5", joins: 2, received: 5, sent: 3 },
        ...{ bytes: expect.any(Number), present: 1, root_id: null },
        last: { seq: 10, t: 90, event: "say" },
      },
    ]);
    expect(channels(scene).located).toBe(0);
  });

  it("show a moment of the past as it was", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    expect(channels(scene, 2).rows).toEqual([]);
    expect(channels(scene, 4).rows[0]).toMatchObject({
      ...{ state: "refused", join_ref: "3", joins: 1, received: 1, sent: 1, present: null },
      last: { seq: 4, event: "phx_reply" },
    });
    expect(channels(scene, 8).rows[0]).toMatchObject({ joins: 2, received: 4, present: 2 });
  });

  it("are filtered by their topics, and tell where one of them stands", () => {
    const more = timed(...LOBBY_LIFE, out(1, "20", "20", "Room:Blue", "phx_join", {}));
    const scene = createLifeScene(more);
    expect(channels(scene, null, "BLUE").rows.map(({ topic }) => topic)).toEqual(["Room:Blue"]);
    expect(channels(scene, null, "BLUE").located).toBeNull();
    expect(channels(scene, null, "room").total).toBe(2);
  });

  it("name the root whose own channel one is", () => {
    const scene = createLifeScene(frames`> join Shop.Cart:c1  < ok  < v1 {total: 0}`);
    expect(channels(scene).rows[0]).toMatchObject({ kind: "root", root_id: "Shop.Cart:c1", joins: 1 });
  });

  it("say how many events had gone before they could be counted", () => {
    const noise = Array.from({ length: 50 }, () =>
      incoming(1, "5", null, "room:lobby", "news", "x".repeat(400)),
    );
    const scene = createLifeScene(timed(...LOBBY_LIFE, ...noise), 10_000);
    const { rows, uncounted } = channels(scene);
    expect(uncounted).toBeGreaterThan(0);
    expect((rows[0]?.received ?? 0) + (rows[0]?.sent ?? 0) + uncounted).toBeGreaterThanOrEqual(58);
  });

  it("count many events in slices, and ask to go on until they are done", () => {
    const news = Array.from({ length: 990 }, () => incoming(1, "5", null, "room:lobby", "news", {}));
    const scene = createLifeScene(timed(...LOBBY_LIFE, ...news));
    let asked = 0;
    const again = () => void asked++;
    const answer = answerChannels({ kind: "channels", text: "", locate: null, from: 0, count: 10 });
    const look = () => answer({ ...scene.scene(), again, until: 0 });
    expect(look()).toMatchObject({ left: expect.any(Number), rows: [{ sent: 3 }] });
    expect(asked).toBeGreaterThan(0);
    const views = Array.from({ length: 20 }, look).filter((view) => view !== null);
    expect(views.length).toBeGreaterThan(0);
    expect(views.at(-1)).toMatchObject({ left: 0, rows: [{ received: 995, sent: 3 }] });
  });

  it("are answered again only when something has come", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    const answer = answerChannels({ kind: "channels", text: "", locate: null, from: 0, count: 10 });
    expect(answer(scene.scene())).not.toBeNull();
    expect(answer(scene.scene())).toBeNull();
    scene.append({ ...incoming(1, "5", null, "room:lobby", "news", 1), t: 200 });
    expect(answer(scene.scene())).toMatchObject({ rows: [{ received: 6 }] });
  });

  it(`show at any moment what a host shows that knows no more than that (seed ${SEED})`, () => {
    fc.assert(
      fc.property(lives, fc.nat(), (events, pick) => {
        const at = pick % (events.length + 1);
        const [whole, part] = [createLifeScene(events), createLifeScene(events.slice(0, at))];
        expect(channels(whole, at)).toEqual(channels(part));
        const topics = channels(part).rows.map(({ connection, topic }) => ({ connection, topic }));
        for (const key of topics) {
          const detail = { kind: "channel", ...key, last: 5 } as const;
          expect(answerChannel(detail)(whole.scene(at))).toEqual(answerChannel(detail)(part.scene()));
          const people = { kind: "presence", ...key, text: "", person: "u1", from: 0, count: 9 } as const;
          expect(answerPresence(people)(whole.scene(at))).toEqual(answerPresence(people)(part.scene()));
        }
      }),
      { seed: SEED, numRuns: lawRuns(200) },
    );
  });
});

describe("one channel", () => {
  it("shows how it was joined, newest first, and why it was refused", () => {
    const { joins } = channel(createLifeScene(LOBBY_LIFE));
    expect(joins).toEqual([
      { seq: 5, t: 40, nth: 2, answer: "joined", reply: { seq: 6, ms: 10 }, reason: null, meaning: null },
      {
        ...{ seq: 3, t: 20, nth: 1, answer: "refused", reply: { seq: 4, ms: 10 }, reason: "unauthorized" },
        meaning: "The server does not let this page in.",
      },
    ]);
  });

  it("has no answer to a join before it comes", () => {
    expect(channel(createLifeScene(LOBBY_LIFE), 5).joins[0]).toMatchObject({
      nth: 2,
      answer: "none",
      reply: null,
    });
  });

  it("shows its newest frames, newest first", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    expect(channel(scene, null, 2).recent.map(({ seq }) => seq)).toEqual([10, 9]);
    expect(channel(scene, 4).recent.map(({ seq }) => seq)).toEqual([4, 3]);
  });

  it("that is not there has no line", () => {
    expect(channel(createLifeScene(LOBBY_LIFE), 1)).toMatchObject({ line: null, joins: [], recent: [] });
  });
});

describe("who is present on a channel", () => {
  it("is told with their metas, and for any moment", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    expect(presence(scene)).toMatchObject({ told: "told", total: 1, people: [{ key: "bob", metas: 1 }] });
    expect(presence(scene, 8).people.map(({ key }) => key)).toEqual(["ada", "bob"]);
    expect(presence(scene, 6)).toMatchObject({ told: "none", total: 0 });
  });

  it("is found by key and by what stands in the metas", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    expect(presence(scene, 8, { text: "ADA" }).people.map(({ key }) => key)).toEqual(["ada"]);
    expect(presence(scene, 8, { text: "phone" }).total).toBe(2);
    expect(presence(scene, 8, { text: "tablet" }).total).toBe(0);
  });

  it("is told anew where the channel is joined again under the same join_ref", () => {
    const joined = (key: string): readonly SessionEvent[] => [
      out(1, null, key, "room:lobby", "phx_join", {}),
      reply(1, null, key, "room:lobby"),
      incoming(1, null, null, "room:lobby", "presence_state", who(key)),
    ];
    const scene = createLifeScene(timed(socket(1), open(1), ...joined("ada")));
    const answer = answerPresence({
      ...{ kind: "presence", ...LOBBY, text: "", person: null, from: 0, count: 10 },
    });
    expect(answer(scene.scene())).toMatchObject({ people: [{ key: "ada" }] });
    scene.append(...joined("bob"));
    expect(answer(scene.scene())).toMatchObject({ people: [{ key: "bob" }] });
    expect(answer(scene.scene())).toBeNull();
  });

  it("is shown in full for the one who is asked for, while they are there", () => {
    const scene = createLifeScene(LOBBY_LIFE);
    const metas = [{ phx_ref: "ada", device: "phone" }];
    expect(presence(scene, 8, { person: "ada" }).person).toEqual({ key: "ada", metas });
    expect(presence(scene, null, { person: "ada" }).person).toBeNull();
    expect(presence(scene, 8, { person: "constructor" }).person).toBeNull();
  });
});
