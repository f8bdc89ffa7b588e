import { describe, expect, it } from "vitest";
import type { CommandDocument } from "../../../src/engine/inspection";
import type { SessionEvent } from "../../../src/session/event";
import { inspected } from "../../support/folding";
import { close, frames, incoming, open, out, reply, socket } from "../../support/frames";

const MOUNTED = "> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}";
const events = (text: string) => frames(Object.assign([text], { raw: [text] }));
const commands = (list: readonly SessionEvent[]) => inspected(list).commands;

function only(list: readonly SessionEvent[]): CommandDocument {
  const [command] = commands(list);
  if (command === undefined) throw new Error("There should be a command.");
  return command;
}

describe("a command", () => {
  it("shows what was sent, and its reply", () => {
    expect(only(events(`${MOUNTED} > add {sku: "x"} @cart < ok {count: 1} < v2 /total=4`))).toEqual({
      seq: 8,
      socket: 1,
      topic: "musubi:connection",
      ref: "3",
      root_id: "c1",
      store_id: ["cart"],
      name: "add",
      payload: { sku: "x" },
      by: "page",
      status: "ok",
      reply: { count: 1 },
      rtt_ms: 1,
      patch_seqs: [10],
    });
  });

  it("has null for what was not sent, as the root_id on a root's own channel", () => {
    const own = only(events("> join Shop.Cart:c1 < ok < v1 {total: 0} > add < ok < v2 /total=1"));
    expect(own).toMatchObject({ root_id: null, store_id: [], patch_seqs: [8] });
    const bare = out(1, "1", "9", "musubi:connection", "command", "text");
    expect(only([...events(MOUNTED), bare])).toMatchObject({
      name: null,
      payload: null,
      status: "pending",
      rtt_ms: null,
    });
  });

  it.each([
    ["pending until it is answered", `${MOUNTED} > add`, "pending"],
    ["error", `${MOUNTED} > add < error {reason: "unknown command"}`, "error"],
    ["any other status verbatim", `${MOUNTED} > add < weird`, "weird"],
    ["lost in a crash", `${MOUNTED} > add < crash`, "lost"],
    ["lost when its channel was left", `${MOUNTED} > leave > add < ok`, "lost"],
    ["pending while its channel is being left", `${MOUNTED} > add > leave`, "pending"],
    ["pending while the topic is joined again", `${MOUNTED} > add > join`, "pending"],
  ])("is %s", (_, text, status) => {
    expect(only(events(text))).toMatchObject({ status });
  });

  it("is lost with its transport, and when an older channel ends", () => {
    expect(only([...events(`${MOUNTED} > add`), close(1)]).status).toBe("lost");
    const oldEnds = incoming(1, "1", "1", "musubi:connection", "phx_close", {});
    expect(only([...events(`${MOUNTED} > add > join`), oldEnds]).status).toBe("lost");
  });

  it("that was sent before the topic was joined again is lost with its transport, not forgotten", () => {
    const early = out(2, "1", "50", "musubi:connection", "command", { root_id: "c1", name: "add" });
    const again = [...events(MOUNTED), close(1), socket(2), open(2), early];
    expect(only(again).status).toBe("pending");
    expect(only([...again, close(2)]).status).toBe("lost");
  });

  it("stays lost when a reply comes after all, which is no problem", () => {
    const late = reply(1, "1", "3", "musubi:connection");
    const document = inspected([...events(`${MOUNTED} > add < crash`), late]);
    expect(document.commands).toMatchObject([{ status: "lost", reply: null }]);
    expect(document.problems).toEqual([]);
  });

  it("says who sent it", () => {
    const sent: SessionEvent = {
      type: "out",
      t: 9,
      socket: 1,
      text: '["1","dt1","musubi:connection","command",{"root_id":"c1","name":"add"}]',
      by: "devtools",
    };
    expect(only([...events(MOUNTED), sent])).toMatchObject({ by: "devtools", ref: "dt1" });
    const forged: SessionEvent = JSON.parse(JSON.stringify({ ...sent, by: ["somebody"] }));
    expect(only([...events(MOUNTED), forged])).toMatchObject({ by: "page" });
  });

  it("is none on a channel that is not Musubi's", () => {
    const plain = [
      socket(1),
      out(1, "1", "1", "room", "phx_join", {}),
      out(1, "1", "2", "room", "command", {}),
    ];
    expect(commands(plain)).toEqual([]);
  });

  it("keeps three decimals of its round trip", () => {
    const list = events(`${MOUNTED} > add < ok`).map((event, at) => ({
      ...event,
      t: at * 0.1 + 0.00004 * at,
    }));
    expect(only(list).rtt_ms).toBe(0.1);
  });
});

describe("an envelope is attributed", () => {
  /** The envelopes of each command, by name. */
  const attributed = (text: string) =>
    Object.fromEntries(
      commands(events(`${MOUNTED} ${text}`)).map(({ name, patch_seqs }) => [name, patch_seqs]),
    );

  it.each<[string, string, Record<string, readonly number[]>]>([
    ["to the command that was answered before it", "> a < ok < v2", { a: [10] }],
    ["to none where it came before the reply", "> a < v2 < ok", { a: [] }],
    ["once", "> a < ok < v2 < v3", { a: [10] }],
    ["in order where replies run ahead", "> a > b < ok < ok < v2 < v3", { a: [12], b: [13] }],
    ["to none where a later exchange came between", "> a < ok > b < ok < v2", { a: [], b: [12] }],
    [
      "to the command while the later one is not answered",
      "> a < ok > b < v2 < ok < v3",
      { a: [11], b: [13] },
    ],
    ["whatever the reply said", "> a < error < v2", { a: [10] }],
  ])("%s", (_, text, expected) => {
    expect(attributed(text)).toEqual(expected);
  });

  it("to the command that was sent first, even where replies came out of order", () => {
    const topic = "musubi:connection";
    const [a, b] = [reply(1, "1", "3", topic), reply(1, "1", "4", topic)];
    const patches = events(`${MOUNTED} < v2 < v3`).slice(-2);
    const list = [...events(`${MOUNTED} > a > b`), b, a, ...patches];
    expect(commands(list).map(({ patch_seqs }) => patch_seqs)).toEqual([[12], [13]]);
  });

  it("to commands of its own root only", () => {
    const two = "> join < ok > mount A x < ok < v1 {n: 0} > mount A y < ok < v1 {n: 0}";
    const list = events(`${two} > a {} ^x > b {} ^y < ok < ok < v2 ^y < v2 ^x`);
    expect(commands(list).map(({ patch_seqs }) => patch_seqs)).toEqual([[16], [15]]);
  });

  it("within one second of the reply", () => {
    const list = events(`${MOUNTED} > a < ok < v2`);
    const delayed = (ms: number) => list.map((event, at) => (at === 9 ? { ...event, t: 8 + ms } : event));
    expect(only(delayed(1000)).patch_seqs).toEqual([10]);
    expect(only(delayed(1000.1)).patch_seqs).toEqual([]);
  });

  it("also where it failed or did not continue: it was the root's next all the same", () => {
    expect(attributed("> a < ok < v2 /x/y=1 > b < ok < v9")).toEqual({ a: [10], b: [13] });
  });
});
