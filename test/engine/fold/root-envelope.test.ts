import { describe, expect, it } from "vitest";
import { codes, folded, inspected, rootOf } from "../../support/folding";
import { envelope, frames, incoming } from "../../support/frames";

const MOUNTED = "> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}";
const events = (text: string) => frames(Object.assign([text], { raw: [text] }));
const at = (text: string) => inspected(events(text));
const root = (text: string) => {
  const { status, epoch, version, state } = rootOf(at(text));
  return { status, epoch, version, state };
};
const total = (value: number) => ({ __musubi_store_id__: [], total: value });

describe("a version gap", () => {
  it.each([
    ["an envelope is missing", `${MOUNTED} < v3 /total=5`],
    ["the first is not the first", "> join < ok > mount A a < ok < v4 /total=5"],
    ["one comes twice", `${MOUNTED} < v2 /total=1 < v2 /total=1`],
  ])("is where %s: the root is lost and keeps what it had", (_, text) => {
    expect(codes(at(text))).toEqual(["version_gap"]);
    expect(root(text).status).toBe("lost");
  });

  it("lets nothing apply until the root is sent from the beginning", () => {
    const text = `${MOUNTED} < v3 /total=3 < v2 /total=2`;
    expect(root(text)).toEqual({ status: "lost", epoch: 1, version: 1, state: total(0) });
    expect(root(`${text} > unmount c1 < ok > mount A c1 < ok < v1 {total: 8} < v2 /total=9`)).toMatchObject({
      status: "mounted",
      version: 2,
      state: total(9),
    });
  });

  it("is also a first envelope that no mount asked for; it is shown all the same", () => {
    expect(codes(at(`${MOUNTED} < v1 {total: 7}`))).toEqual(["version_gap"]);
    expect(root(`${MOUNTED} < v1 {total: 7}`)).toEqual({
      status: "mounted",
      epoch: 1,
      version: 1,
      state: total(7),
    });
  });

  it("is an envelope that skips a version by itself", () => {
    const skip = { ...envelope(2, [], { root_id: "c1" }), version: 5 };
    const document = inspected([
      ...events(MOUNTED),
      incoming(1, "1", null, "musubi:connection", "patch", skip),
    ]);
    expect(codes(document)).toEqual(["version_gap"]);
  });
});

describe("an envelope that does not fit", () => {
  it("changes nothing, the version included, so that another with the same base may follow", () => {
    const text = `${MOUNTED} < v2 /total=1 /nope/x=2`;
    expect(codes(at(text))).toEqual(["patch_failed"]);
    expect(root(text)).toEqual({ status: "mounted", epoch: 1, version: 1, state: total(0) });
    expect(root(`${text} < v2 /total=4`)).toEqual({
      status: "mounted",
      epoch: 1,
      version: 2,
      state: total(4),
    });
  });

  it("says which operation, where and why", () => {
    const [problem] = at(`${MOUNTED} < v2 /total=1 +/rows/0=2`).problems;
    expect(problem?.message).toBe(
      "Root c1 on musubi:connection stays at version 1: its envelope 2 does not fit the state. " +
        'Operation 2 failed: there is nothing at "/rows/0" in the state.',
    );
  });

  it("is skipped alone where it is malformed or nobody's", () => {
    const topic = "musubi:connection";
    const patch = (payload: object) => incoming(1, "1", null, topic, "patch", payload as never);
    const good = { ...envelope(2, [{ op: "replace", path: "/total", value: 2 }]), root_id: "c1" };
    const document = inspected([
      ...events(MOUNTED),
      patch({ ...good, ops: "none" }),
      patch({ ...good, root_id: null }),
      patch({ ...good, root_id: "c2" }),
      patch(good),
    ]);
    expect(codes(document)).toEqual(["bad_envelope", "bad_envelope", "unknown_root"]);
    expect(document.problems[0]?.message).toMatch(
      /for root c1 .* Its ops should be an array, but it is "none"\./,
    );
    expect(rootOf(document)).toMatchObject({ version: 2, state: total(2) });
  });

  it("is not let near the newest channel with an older join_ref", () => {
    const old = incoming(1, "1", null, "musubi:connection", "patch", { ...envelope(2, []), root_id: "c1" });
    const document = inspected([...events(`${MOUNTED} > join < ok`), old]);
    expect(codes(document)).toEqual(["stale_join_ref"]);
    expect(rootOf(document).version).toBe(1);
  });
});

describe("what is handed out", () => {
  it("stays as it is, whatever comes after", () => {
    const engine = folded(events(`${MOUNTED} > add {sku: ["x"]} < ok {n: [1]} < v2 +/rows=[{}]`));
    const first = engine.inspect();
    const copy = structuredClone(first);
    for (const event of events("< v3 +/rows/0/a=1 -/total").slice(2)) engine.fold(event);
    expect(first).toEqual(copy);
    expect(engine.inspectAt(first.at.seq)).toEqual(copy);
  });

  it("includes frames, whose values the state does not take for its own", () => {
    const engine = folded(events(`${MOUNTED}`));
    const [event] = events("> join < ok > mount A c1 < ok < v2 +/rows=[{}]").slice(-1);
    const frame = event && engine.fold(event).frame;
    const before = JSON.stringify(frame);
    const [next] = events("> join < ok > mount A c1 < ok < v3 +/rows/0/a=1").slice(-1);
    if (next) engine.fold(next);
    expect(rootOf(engine.inspect()).state).toEqual({ ...total(0), rows: [{ a: 1 }] });
    expect(JSON.stringify(frame)).toBe(before);
  });
});
