import { describe, expect, it } from "vitest";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import type { Channel } from "../../../src/server/phoenix/channel";
import { findRoute, route } from "../../../src/server/phoenix/route";

const channel: Channel<NoAssigns> = {
  join: (_payload, socket) => ({ kind: "ok", response: {}, socket: { ...socket, assigns: {} } }),
};

describe("a route", () => {
  it("without a star matches its own topic alone", () => {
    const lobby = route("lobby", channel);
    expect(["lobby", "lobby:1", "lobb", ""].filter(lobby.matches)).toEqual(["lobby"]);
  });

  it("with a star at its end matches every topic that begins so", () => {
    const rooms = route("room:*", channel);
    expect(["room:1", "room:", "room:a:b", "room", "other:room:1"].filter(rooms.matches)).toEqual([
      "room:1",
      "room:",
      "room:a:b",
    ]);
  });

  it.each(["*", "room*", ":*", "*:room", "room:*:1", "**", "room:**", "ro*om"])(
    "is refused at its declaration: %s",
    (pattern) => {
      expect(() => route(pattern, channel)).toThrow(pattern);
    },
  );

  it("is the first that matches", () => {
    const exact = route("room:1", channel);
    const prefix = route("room:*", channel);
    expect(findRoute([exact, prefix], "room:1")).toBe(exact);
    expect(findRoute([prefix, exact], "room:1")).toBe(prefix);
    expect(findRoute([exact, prefix], "lobby")).toBeNull();
  });
});
