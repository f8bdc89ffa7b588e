import { describe, expect, it } from "vitest";
import { createRooms, MAX_MESSAGES } from "../../src/demo/stores/chat/rooms";

const NOW = "2026-05-01T12:00:00.000Z";

describe("the rooms of a server", () => {
  it("keep what was said last", () => {
    const rooms = createRooms(() => NOW);
    for (let count = 1; count <= MAX_MESSAGES + 3; count += 1) rooms.say("lobby", "Ada", `message ${count}`);
    const { messages, count } = rooms.read("lobby");
    expect(count).toBe(53);
    expect(messages).toHaveLength(MAX_MESSAGES);
    expect(messages[0]).toEqual({ id: "m4", name: "Ada", text: "message 4", at: NOW, edited: false });
  });

  it("let only who said something change it, and keep its place", () => {
    const rooms = createRooms(() => NOW);
    for (const text of ["one", "two", "three"]) rooms.say("lobby", "Ada", text);
    expect(rooms.edit("lobby", "Bob", "m2", "zwei")).toEqual({ kind: "no", reason: "unauthorized" });
    expect(rooms.edit("lobby", "Ada", "m9", "neun")).toMatchObject({ reason: "there is no such message" });
    expect(rooms.edit("lobby", "Ada", "m2", " zwei ")).toMatchObject({
      event: { kind: "edited", index: 1, message: { text: "zwei", edited: true } },
    });
    expect(rooms.remove("lobby", "Bob", "m1")).toEqual({ kind: "no", reason: "unauthorized" });
    expect(rooms.remove("lobby", "Ada", "m1")).toMatchObject({ event: { kind: "removed", id: "m1" } });
    expect(rooms.read("lobby").messages.map(({ text }) => text)).toEqual(["zwei", "three"]);
  });

  it("are apart, and a hundred at most", () => {
    const rooms = createRooms(() => NOW);
    rooms.say("first", "Ada", "hello");
    for (let count = 0; count < 99; count += 1) rooms.read(`room ${count}`);
    expect(rooms.read("first").messages).toHaveLength(1);
    rooms.read("one more");
    expect(rooms.read("first").messages).toHaveLength(0);
  });

  it("take no empty and no endless text", () => {
    const rooms = createRooms(() => NOW);
    expect(rooms.say("lobby", "Ada", " ")).toMatchObject({ kind: "no" });
    expect(rooms.say("lobby", "Ada", "x".repeat(501))).toMatchObject({ kind: "no" });
    expect(rooms.read("lobby").count).toBe(0);
  });
});
