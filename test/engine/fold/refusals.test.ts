import { describe, expect, it } from "vitest";
import { folded } from "../../support/folding";
import { close, frames, open, socket, URL_V2 } from "../../support/frames";

const refusalOfRoot = (events: Parameters<typeof folded>[0]) =>
  folded(events).connections[0]?.roots[0]?.refusal;
const refusalOfChannel = (events: Parameters<typeof folded>[0]) =>
  folded(events).connections[0]?.channels[0]?.refusal;

describe("a refusal", () => {
  it("of a join stands at the channel, until it is joined again", () => {
    expect(refusalOfChannel(frames`> join < error {reason: "unauthorized"}`)).toMatchObject({
      kind: "unauthorized",
      reason: "unauthorized",
    });
    expect(refusalOfChannel(frames`> join < error {reason: "unauthorized"} > join`)).toBeNull();
    expect(refusalOfChannel(frames`> join < ok`)).toBeNull();
  });

  it("of a mount stands at the root, until one is accepted", () => {
    const refused = { kind: "musubi", reason: "unknown root" };
    expect(refusalOfRoot(frames`> join < ok > mount A a < error {reason: "unknown root"}`)).toMatchObject(
      refused,
    );
    expect(
      refusalOfRoot(frames`> join < ok > mount A a < error {reason: "unknown root"} > mount A a < ok`),
    ).toBeNull();
    expect(refusalOfRoot(frames`> join Shop.Cart:c1 < error {reason: "unknown root"}`)).toMatchObject(
      refused,
    );
  });

  it("of a second mount stands at the root that is mounted", () => {
    const again = frames`> join < ok > mount A a < ok < v1 {n: 1} > mount A a < error {reason: "already_mounted"}`;
    expect(folded(again).connections[0]?.roots[0]).toMatchObject({
      status: "mounted",
      refusal: { kind: "musubi", reason: "already_mounted" },
    });
  });

  it("has a reason that is no longer than a name", () => {
    const reason = "x".repeat(5000);
    const refusal = refusalOfChannel(frames`> join < error ${{ reason }}`);
    expect(refusal?.reason).toHaveLength(301);
  });
});

describe("a connection", () => {
  it("whose vsn no server accepts is a problem, once, and is read as V2", () => {
    const url = URL_V2.replace("2.0.0", "3.0.0");
    const joined = frames`> join < ok`.slice(1);
    const engine = folded([socket(1, url), ...joined, close(1), socket(2, url), open(2)]);
    expect(engine.problems).toEqual([
      {
        seq: 1,
        code: "unsupported_vsn",
        message:
          'The page asks for serializer version "3.0.0", which no server accepts: it refuses the connection. ' +
          "Frames are read as those of 2.0.0.",
      },
    ]);
    expect(engine.connections[0]?.channels[0]?.topic).toBe("musubi:connection");
    expect(folded([socket(1, URL_V2.replace("2.0.0", "1.5.0"))]).problems).toHaveLength(1);
  });

  it("remembers its newest end", () => {
    const lastClose = (...events: Parameters<typeof folded>[0]) => folded(events).connections[0]?.last_close;
    expect(lastClose(socket(1), open(1))).toBeNull();
    expect(lastClose(socket(1), close(1, 1012), socket(2))).toEqual({ seq: 2, socket: 1, code: 1012 });
  });
});
