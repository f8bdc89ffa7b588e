import { describe, expect, it } from "vitest";
import { Broadcast, createPubSub } from "../../../src/server/phoenix/pubsub";

describe("publish and subscribe", () => {
  it("gives each subscriber of a topic everything that is published there, in order", () => {
    const pubsub = createPubSub();
    const got: unknown[] = [];
    pubsub.subscribe("a", (message) => got.push(["one", message]));
    pubsub.subscribe("a", (message) => got.push(["two", message]));
    pubsub.subscribe("b", (message) => got.push(["other", message]));
    pubsub.publish("a", 1);
    pubsub.publish("a", { own: "message" });
    pubsub.publish("c", "nobody");
    expect(got).toEqual([
      ["one", 1],
      ["two", 1],
      ["one", { own: "message" }],
      ["two", { own: "message" }],
    ]);
  });

  it("gives the very same broadcast to all", () => {
    const pubsub = createPubSub();
    const got: unknown[] = [];
    for (let n = 0; n < 2; n += 1) pubsub.subscribe("a", (message) => got.push(message));
    pubsub.broadcast({ topic: "a", event: "e", payload: { n: 1 } });
    expect(got[0]).toBeInstanceOf(Broadcast);
    expect(got[0]).toBe(got[1]);
    expect(got[0]).toEqual({ topic: "a", event: "e", payload: { n: 1 }, from: null });
  });

  it("gives nothing after the undo, also where an earlier subscriber undoes it", () => {
    const pubsub = createPubSub();
    const got: string[] = [];
    let undoSecond = () => {};
    const undoFirst = pubsub.subscribe("a", () => {
      got.push("first");
      undoSecond();
    });
    undoSecond = pubsub.subscribe("a", () => got.push("second"));
    pubsub.publish("a", 1);
    undoFirst();
    undoFirst();
    pubsub.publish("a", 2);
    expect(got).toEqual(["first"]);
  });

  it("counts a function that subscribes twice as two", () => {
    const pubsub = createPubSub();
    const got: unknown[] = [];
    const deliver = (message: unknown) => void got.push(message);
    const undo = pubsub.subscribe("a", deliver);
    pubsub.subscribe("a", deliver);
    undo();
    pubsub.publish("a", 1);
    expect(got).toEqual([1]);
  });

  it("gives everyone a message that one cannot take, then tells its publisher", () => {
    const pubsub = createPubSub();
    const got: unknown[] = [];
    pubsub.subscribe("a", () => {
      throw new Error("not for me");
    });
    pubsub.subscribe("a", (message) => got.push(message));
    expect(() => pubsub.publish("a", 1)).toThrow("not for me");
    expect(got).toEqual([1]);
  });
});
