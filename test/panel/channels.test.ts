import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { ChannelLine } from "../../src/bridge/life-view";
import type { OverviewView, Query, View } from "../../src/bridge/view";
import { createChannels } from "../../src/panel/model/channels";
import { createConnectionLife } from "../../src/panel/model/connection-life";
import { createLink } from "../../src/panel/model/link";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { fakeLife } from "../support/fake-life";
import { connection, overview, row } from "../support/panel-views";

/** A long session: it has a thousand rooms. */
const ROWS = Array.from({ length: 5_000 }, (_, place) => row(place + 1));

function setUp(connections = [connection(1), connection(2)]) {
  const clock = createClock();
  const session = signal<OverviewView | null>(overview(connections, "1"));
  const isShown = signal(true);
  const host = createFakeHost((query): View | null => answer(query));
  const { signal: lifetime } = new AbortController();
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const deps = { link, overview: session, lifetime };
  const channels = createChannels(deps, isShown);
  const life = createConnectionLife(deps, isShown);
  host.attach();
  clock.frame();
  return {
    ...{ channels, life, clock, session, isShown },
    asked: <K extends Query["kind"]>(kind: K) => host.watched().find((query) => query.kind === kind),
  };
}

function answer(query: Query): View | null {
  switch (query.kind) {
    case "channels":
    case "channel":
    case "connection":
      return fakeLife(query, ROWS);
    case "presence": {
      const view = fakeLife(query, ROWS);
      const hasLeft = view?.kind === "presence" && query.person === `user:${GONE + 1}`;
      return hasLeft ? { ...view, person: null } : view;
    }
    default:
      return null;
  }
}

/** The row of one who leaves as soon as anything is asked of that one. */
const GONE = 20;

const topicOf = (line: ChannelLine | undefined): string | undefined => line?.topic;
const LOBBY = { connection: 1, topic: "room:lobby" };

describe("the list of channels", () => {
  it("asks for the window that is seen, and for nothing while it is not shown", () => {
    const { asked, channels, isShown } = setUp();
    expect(asked("channels")).toMatchObject({ from: 0, text: "", locate: null });
    channels.see({ first: 400, count: 30 });
    expect(asked("channels")).toMatchObject({ from: 300, count: 250 });
    isShown.value = false;
    expect(asked("channels")).toBeUndefined();
    expect(channels.window.value?.total).toBe(1_007);
  });

  it("chooses by row, and asks for what is chosen", () => {
    const { asked, channels, clock } = setUp();
    expect(asked("channel")).toBeUndefined();
    channels.moveTo(3);
    expect(channels.chosen.value).toEqual(LOBBY);
    expect(asked("channel")).toMatchObject(LOBBY);
    clock.frame();
    expect(channels.detail.value?.line?.joins).toBe(3);
  });

  it("chooses a row when its window comes", () => {
    const { channels, clock } = setUp();
    channels.moveTo(1_006);
    expect([channels.row.value, channels.chosen.value]).toEqual([1_006, null]);
    channels.see({ first: 990, count: 17 });
    clock.frame();
    expect(channels.chosen.value?.topic).toBe("room:999");
  });

  it("finds the row of a channel that is jumped to, whatever the text", () => {
    const { channels, clock } = setUp();
    channels.setText("musubi");
    clock.frame();
    expect(channels.window.value?.rows.map(topicOf)).not.toContain("room:700");
    channels.jump({ connection: 1, topic: "room:700" });
    clock.frame();
    expect([channels.text.value, channels.row.value]).toEqual(["", 707]);
  });

  it("does not show what was told of another channel", () => {
    const { channels, clock } = setUp();
    channels.choose(LOBBY);
    clock.frame();
    channels.choose({ connection: 1, topic: "admin:metrics" });
    expect(channels.detail.value).toBeNull();
    clock.frame();
    expect(channels.detail.value?.line?.state).toBe("refused");
  });

  it("forgets the choice when another session begins", () => {
    const { channels, session } = setUp();
    channels.choose(LOBBY);
    session.value = overview([], "2");
    expect(channels.chosen.value).toBeNull();
  });
});

describe("the list of who is present", () => {
  it("is asked for only while it is in view", () => {
    const { asked, channels } = setUp();
    channels.choose(LOBBY);
    expect(asked("presence")).toBeUndefined();
    channels.presence.show(true);
    expect(asked("presence")).toMatchObject({ ...LOBBY, text: "", person: null });
    channels.presence.show(false);
    expect(asked("presence")).toBeUndefined();
  });

  it("asks for the metas of the one who is chosen, and stays with them when the list moves", () => {
    const { asked, channels, clock } = setUp();
    channels.choose(LOBBY);
    channels.presence.show(true);
    clock.frame();
    channels.presence.moveTo(11);
    expect(channels.presence.person.value).toBe("user:12");
    expect(asked("presence")).toMatchObject({ person: "user:12" });
    channels.presence.setText("12");
    clock.frame();
    expect([channels.presence.person.value, channels.presence.row.value]).toEqual(["user:12", 0]);
  });

  it("tells of one who has left only when the answer about that one has come", () => {
    const { channels, clock } = setUp();
    channels.choose(LOBBY);
    channels.presence.show(true);
    clock.frame();
    channels.presence.moveTo(GONE);
    expect(channels.presence.metas.value).toBeNull();
    clock.frame();
    expect(channels.presence.metas.value).toBe("left");
    channels.presence.moveTo(GONE + 1);
    expect(channels.presence.metas.value).toBeNull();
    clock.frame();
    expect(channels.presence.metas.value).toMatchObject({ value: [{ device: "phone" }] });
  });

  it("begins anew on another channel", () => {
    const { channels, clock } = setUp();
    channels.choose(LOBBY);
    channels.presence.show(true);
    clock.frame();
    channels.presence.setText("1");
    channels.presence.moveTo(0);
    channels.choose({ connection: 1, topic: "admin:metrics" });
    expect([channels.presence.person.value, channels.presence.text.value]).toEqual([null, ""]);
    expect(channels.presence.view.value).toBeNull();
  });
});

describe("the life of a connection", () => {
  it("is that of the first connection that is not closed, and stays so", () => {
    const closed = connection(1, { status: "closed" });
    const { asked, clock, life, session } = setUp([closed, connection(2), connection(3)]);
    expect(asked("connection")).toEqual({ kind: "connection", connection: 2 });
    clock.frame();
    expect(life.view.value?.id).toBe(2);
    session.value = overview([closed, connection(2, { status: "closed" }), connection(3)], "1");
    expect(life.connection.value?.id).toBe(2);
  });

  it("is that of the chosen one, until another session begins", () => {
    const { life, session } = setUp();
    life.choose(2);
    expect(life.connection.value?.id).toBe(2);
    expect(life.view.value).toBeNull();
    session.value = overview([connection(1), connection(2)], "2");
    expect(life.connection.value?.id).toBe(1);
  });

  it("says which connection was chosen and is gone, while another is shown", () => {
    const { life, session } = setUp();
    life.choose(2);
    expect(life.missing.value).toBeNull();
    session.value = overview([connection(1)], "1");
    expect([life.connection.value?.id, life.missing.value]).toEqual([1, 2]);
    life.choose(1);
    expect(life.missing.value).toBeNull();
  });

  it("forgets the beat that was pointed at with its connection", () => {
    const { life, session } = setUp();
    life.pointAt(40);
    session.value = overview([connection(1), connection(2)], "1");
    expect(life.beat.value).toBe(40);
    life.choose(2);
    expect(life.beat.value).toBeNull();
    life.pointAt(41);
    session.value = overview([connection(2)], "2");
    expect(life.beat.value).toBeNull();
  });

  it("is asked for only while it is shown", () => {
    const { asked, isShown } = setUp();
    isShown.value = false;
    expect(asked("connection")).toBeUndefined();
  });

  it("asks nothing where there is no connection", () => {
    const { asked, life } = setUp([]);
    expect(asked("connection")).toBeUndefined();
    expect(life.view.value).toBeNull();
  });
});
