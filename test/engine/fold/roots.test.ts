import { describe, expect, it } from "vitest";
import { codes, inspected, rootOf } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, reply, socket } from "../../support/frames";

const MOUNTED = "> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}";
const events = (text: string) => frames(Object.assign([text], { raw: [text] }));
const at = (text: string) => inspected(events(text));
const root = (text: string) => {
  const { status, epoch, version, state } = rootOf(at(text));
  return { status, epoch, version, state };
};
const total = (value: number) => ({ __musubi_store_id__: [], total: value });

describe("a root on a shared channel", () => {
  it("shows what the mount said", () => {
    expect(
      rootOf(inspected(frames`> join < ok > mount Shop.Cart c1 {user: "u9"} < ok < v1 {total: 0}`)),
    ).toEqual({
      topic: "musubi:connection",
      root_id: "c1",
      module: "Shop.Cart",
      caller_id: "c1",
      params: { user: "u9" },
      wire: "multiplexed",
      status: "mounted",
      epoch: 1,
      version: 1,
      store_ids: [[]],
      state: total(0),
      snapshot: total(0),
    });
  });

  it.each([
    ["mounting before its first envelope", "> join < ok > mount A a < ok", ["mounting", 1, 0, null]],
    ["mounted after it", MOUNTED, ["mounted", 1, 1, total(0)]],
    ["at its envelopes' version", `${MOUNTED} < v2 /total=4 < v3 /total=5`, ["mounted", 1, 3, total(5)]],
    ["refused", '> join < ok > mount A a < error {reason: "unknown root"}', ["refused", 0, 0, null]],
    ["unmounted", `${MOUNTED} > unmount c1 < ok`, ["unmounted", 1, 1, total(0)]],
    ["mounted while the unmount is refused", `${MOUNTED} > unmount c1 < error`, ["mounted", 1, 1, total(0)]],
    ["mounted while its unmount has no answer", `${MOUNTED} > unmount c1`, ["mounted", 1, 1, total(0)]],
    ["lost in a crash", `${MOUNTED} < crash`, ["lost", 1, 1, total(0)]],
    ["lost when the channel closes", `${MOUNTED} < close`, ["lost", 1, 1, total(0)]],
    ["lost when the connection channel was left", `${MOUNTED} > leave < ok`, ["lost", 1, 1, total(0)]],
    [
      "mounting again, with its old state",
      `${MOUNTED} < crash > join < ok > mount A c1 < ok`,
      ["mounting", 2, 0, total(0)],
    ],
    [
      "mounted again",
      `${MOUNTED} > unmount c1 < ok > mount A c1 < ok < v1 {total: 9}`,
      ["mounted", 2, 1, total(9)],
    ],
    ["untouched by a mount that is refused", `${MOUNTED} > mount A c1 < error`, ["mounted", 1, 1, total(0)]],
    [
      "untouched by what comes after its unmount",
      `${MOUNTED} > unmount c1 < ok < v2 /total=4 < v1 {total: 7}`,
      ["unmounted", 1, 1, total(0)],
    ],
  ] as const)("is %s", (_, text, [status, epoch, version, state]) => {
    expect(root(text)).toEqual({ status, epoch, version, state });
    expect(codes(at(text))).toEqual([]);
  });

  it("is lost with its transport", () => {
    expect(rootOf(inspected([...events(MOUNTED), close(1)]))).toMatchObject({ status: "lost", version: 1 });
  });

  it("stays with the newest channel that mounted it, when an older one ends or answers", () => {
    const topic = "musubi:connection";
    const again = events(`${MOUNTED} > unmount c1 > join`);
    const mount = [
      reply(1, "4", "4", topic),
      out(1, "4", "5", topic, "mount", { module: "Shop.Cart", id: "c1" }),
    ];
    const mounted = [...again, ...mount, reply(1, "4", "5", topic, "ok", { root_id: "c1" })];
    const first = { ...envelope(1, [{ op: "replace", path: "", value: total(1) }]), root_id: "c1" };
    const list = [...mounted, incoming(1, "4", null, topic, "patch", first)];
    for (const late of [reply(1, "1", "3", topic), incoming(1, "1", "1", topic, "phx_close", {})]) {
      expect(rootOf(inspected([...list, late]))).toMatchObject({
        status: "mounted",
        epoch: 2,
        state: total(1),
      });
    }
  });

  it("is named by the server, where it composes ids", () => {
    const document = at(
      '> join < ok > mount Shop.Cart c:1 < ok {root_id: "Shop.Cart:c:1"} < v1 {total: 0} ^Shop.Cart:c:1',
    );
    expect(rootOf(document)).toMatchObject({ root_id: "Shop.Cart:c:1", caller_id: "c:1", status: "mounted" });
    expect(
      rootOf(at('> join < ok > mount A a < ok {root_id: "A:a"} > mount A b < error'), "A:b").status,
    ).toBe("refused");
  });

  it("is known by the id that the server composes after a rejoin too, when its mount is refused there", () => {
    const document = at(
      '> join < ok > mount A a < ok {root_id: "A:a"} < crash > join < ok > mount A a < error {reason: "unknown root"}',
    );
    expect(document.connections[0]?.roots.map(({ root_id, status }) => [root_id, status])).toEqual([
      ["A:a", "lost"],
    ]);
  });

  it("ends with the channel that its envelopes come on, where the answer to its mount is missing", () => {
    const refused = '> join < ok > mount A a < error {reason: "root already mounted"} < v1 {total: 0}';
    const rejoined = `${MOUNTED} < crash > join < ok < v1 {total: 3}`;
    for (const text of [refused, rejoined]) {
      expect(root(text).status).toBe("mounted");
      expect(root(`${text} < crash`).status).toBe("lost");
      expect(rootOf(inspected([...events(text), close(1)])).status).toBe("lost");
      expect(codes(at(text))).toEqual(["version_gap"]);
    }
  });

  it("stands in the order of first mounts, one a topic and id", () => {
    const document = at(
      "> join < ok > mount A b < ok > mount A a < ok > mount A b < error > unmount b < ok > mount A b < ok",
    );
    expect(document.connections[0]?.roots.map(({ root_id, epoch }) => [root_id, epoch])).toEqual([
      ["b", 2],
      ["a", 1],
    ]);
  });

  it("that is refused makes an entry only with an id to call it by", () => {
    const topic = "musubi:connection";
    const refuse = (ref: string, payload: object) => [
      out(1, "1", ref, topic, "mount", payload as never),
      reply(1, "1", ref, topic, "error", { reason: "missing root id" }),
    ];
    const document = inspected([
      ...events("> join < ok"),
      ...refuse("10", { module: "A", id: "" }),
      ...refuse("11", { module: "A", id: 5 }),
      ...refuse("12", { module: "A" }),
      ...refuse("13", "text" as never),
      ...refuse("14", { module: "A", id: "a", params: [1] }),
    ]);
    expect(document.connections[0]?.roots).toMatchObject([
      { root_id: "a", status: "refused", epoch: 0, params: [1] },
    ]);
  });

  it("may get its first envelope after the answer to its unmount (observed.md)", () => {
    const text =
      "> join < ok > mount A z > unmount z > mount A z > mount A z < ok < ok < ok < error < v1 {total: 0} < v1 {total: 1}";
    expect(root(text)).toEqual({ status: "mounted", epoch: 2, version: 1, state: total(1) });
    expect(codes(at(text))).toEqual([]);
  });
});

describe("a root on its own channel", () => {
  const OWN = "> join Shop.Cart:c:1 < ok < v1 {total: 0}";

  it.each([
    ["no root before the join was answered", "> join Shop.Cart:c:1", undefined],
    ["mounting", "> join Shop.Cart:c:1 < ok", ["mounting", 1, 0, null]],
    ["mounted", OWN, ["mounted", 1, 1, total(0)]],
    [
      "mounted where the reply does not name it",
      "> join Shop.Cart:c:1 < ok {} < v1 {total: 0}",
      ["mounted", 1, 1, total(0)],
    ],
    ["refused", '> join Shop.Cart:c:1 < error {reason: "unauthorized"}', ["refused", 0, 0, null]],
    [
      "refused still when the client leaves",
      "> join Shop.Cart:c:1 < error > leave < ok",
      ["refused", 0, 0, null],
    ],
    ["unmounted as soon as the page leaves", `${OWN} > leave`, ["unmounted", 1, 1, total(0)]],
    ["unmounted when the leave was answered", `${OWN} > leave < ok < close`, ["unmounted", 1, 1, total(0)]],
    [
      "unmounted where the page left before the answer",
      "> join Shop.Cart:c:1 > leave < ok",
      ["unmounted", 1, 0, null],
    ],
    ["lost in a crash", `${OWN} < crash`, ["lost", 1, 1, total(0)]],
    ["lost when the server closes", `${OWN} < close`, ["lost", 1, 1, total(0)]],
    ["mounting again", `${OWN} < crash > join Shop.Cart:c:1 < ok`, ["mounting", 2, 0, total(0)]],
    [
      "lost still when the rejoin is refused",
      `${OWN} < crash > join Shop.Cart:c:1 < error`,
      ["lost", 1, 1, total(0)],
    ],
  ] as const)("is %s", (_, text, expected) => {
    const document = at(text);
    const [found] = document.connections[0]?.roots ?? [];
    expect(found && [found.status, found.epoch, found.version, found.state]).toEqual(expected);
    expect(codes(document)).toEqual([]);
  });

  it("tells its wire, its id and the caller's", () => {
    expect(rootOf(at(OWN))).toMatchObject({
      wire: "per_root",
      root_id: "Shop.Cart:c:1",
      caller_id: "c:1",
      module: "Shop.Cart",
    });
  });

  it("is the adapter's where its envelopes name no root", () => {
    const [topic, mount] = ["musubi:legacy", { module: "Shop.Cart", id: "c1", params: {} }];
    const state = [{ op: "replace", path: "", value: total(3) }];
    const joined = [
      socket(1),
      open(1),
      out(1, "1", "1", topic, "phx_join", mount),
      reply(1, "1", "1", topic),
    ];
    const document = inspected([...joined, incoming(1, "1", null, topic, "patch", envelope(1, state))]);
    expect(rootOf(document)).toMatchObject({
      wire: "adapter",
      root_id: "Shop.Cart:c1",
      status: "mounted",
      state: total(3),
    });
  });
});

describe("an envelope that names a root which its topic does not", () => {
  it("makes a connection of a channel that looked like the adapter's (wire.md 3)", () => {
    const topic = "musubi:foo";
    const patch = { ...envelope(1, [{ op: "replace", path: "", value: {} }]), root_id: "M:x" };
    const document = inspected([
      ...frames`> join < ok`,
      out(1, "9", "9", topic, "phx_join", { module: "M", id: "x" }),
      reply(1, "9", "9", topic),
      incoming(1, "9", null, topic, "patch", patch),
    ]);
    expect(document.connections[0]?.channels.at(-1)).toMatchObject({ topic, kind: "connection" });
    expect(document.connections[0]?.roots).toEqual([]);
    expect(codes(document)).toEqual(["unknown_root"]);
  });
});
