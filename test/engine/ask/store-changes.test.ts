import { describe, expect, it } from "vitest";
import { placeOfVersion } from "../../../src/engine/ask/place";
import { createStoreActivity } from "../../../src/engine/ask/store-activity";
import { type StoreChanges, storeChanges } from "../../../src/engine/ask/store-changes";
import { createEngine, type Engine, type LiveRoot } from "../../../src/engine/engine";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { envelope, frames, incoming } from "../../support/frames";

const ID = "__musubi_store_id__";

function rootIn(engine: Engine): LiveRoot {
  const root = engine.connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return root;
}

function changesIn(events: readonly SessionEvent[], id: readonly string[]): StoreChanges {
  const engine = folded(events);
  const { history, causes } = rootIn(engine);
  const range = { from: 0, to: Number.MAX_SAFE_INTEGER };
  const changes = storeChanges(createStoreActivity(history), id, range, causes);
  if (changes === "truncated") throw new Error("All of it is kept.");
  return changes;
}

/** What each revision did, in one line a step. */
function outline({ changes }: StoreChanges): readonly string[] {
  return changes.flatMap(({ version, steps }) =>
    steps.map((step) => {
      const { what } = step;
      if (what === "mounted" || what === "unmounted")
        return `v${version} ${what} ${JSON.stringify(step.value)}`;
      const { name, path, op, before, after } = step;
      return `v${version} ${what} ${op} ${name}${path} ${JSON.stringify(before)} -> ${JSON.stringify(after)}`;
    }),
  );
}

const ROWS = frames`> join < ok > mount Shop.Cart c1 < ok
  < v1 {total: 0, rows: [
    {__musubi_store_id__: ["rows","a"], n: 1}, {__musubi_store_id__: ["rows","b"], n: 2}
  ]}`;

describe("the changes of a store", () => {
  it("are the steps of the wire, with the command that each is attributed to", () => {
    const events = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "x"} < ok < v2 /total=4 < v3 /total=5`;
    const { changes, total } = changesIn(events, []);
    expect(total).toBe(3);
    expect(changes.slice(1)).toEqual([
      {
        ...{ seq: 10, epoch: 1, version: 2, kind: "envelope", command: 8, more: false },
        steps: [{ what: "field", name: "total", path: "", op: "replace", before: 0, after: 4 }],
      },
      {
        ...{ seq: 11, epoch: 1, version: 3, kind: "envelope", command: null, more: false },
        steps: [{ what: "field", name: "total", path: "", op: "replace", before: 4, after: 5 }],
      },
    ]);
  });

  it("follow the id where a row is removed and the server rewrites the rows in place (wire.md 6)", () => {
    const events = [
      ...ROWS,
      patch(2, [replace(`/rows/0/${ID}/1`, "b"), replace("/rows/0/n", 2), remove("/rows/1")]),
    ];
    expect(outline(changesIn(events, ["rows", "b"]))).toEqual([`v1 mounted {"${ID}":["rows","b"],"n":2}`]);
    expect(outline(changesIn(events, ["rows", "a"]))).toEqual([
      `v1 mounted {"${ID}":["rows","a"],"n":1}`,
      `v2 unmounted {"${ID}":["rows","a"],"n":1}`,
    ]);
    expect(outline(changesIn(events, [])).slice(1)).toEqual([
      `v2 field replace rows/0 {"${ID}":["rows","a"]} -> {"${ID}":["rows","b"]}`,
      `v2 field remove rows/1 {"${ID}":["rows","b"]} -> undefined`,
    ]);
  });

  it("belong to the right store after something else came before it in its list", () => {
    const events = [
      ...ROWS,
      patch(2, [{ op: "add", path: "/rows/0", value: "new" }]),
      patch(3, [replace("/rows/1/n", 9)]),
    ];
    expect(outline(changesIn(events, ["rows", "a"])).slice(1)).toEqual(["v3 field replace n 1 -> 9"]);
    expect(outline(changesIn(events, ["rows", "b"]))).toHaveLength(1);
  });

  it("of a field in an inner store are not those of the outer one", () => {
    const events = [...ROWS, patch(2, [replace("/rows/1/n", 3)])];
    expect(outline(changesIn(events, []))).toHaveLength(1);
  });

  it("show what came and went in its streams and uploads", () => {
    const insert = (item_key: string, at: number) => {
      return { op: "insert", stream: "log", ref: "0", store_id: [], item_key, at, limit: 2, item: item_key };
    };
    const events = [
      ...ROWS,
      patch(2, [], { stream_ops: [insert("k1", -1)] }),
      patch(3, [], { stream_ops: [insert("k1", -1)] }),
      patch(4, [], {
        upload_ops: [{ op: "config", store_id: [], upload: "file", config: { accept: "any" } }],
      }),
    ];
    expect(outline(changesIn(events, [])).slice(1)).toEqual([
      `v2 stream add log undefined -> []`,
      `v2 stream add log/0 undefined -> {"item_key":"k1","item":"k1"}`,
      `v4 upload add file undefined -> {"config":null,"entries":[],"errors":[]}`,
      `v4 upload replace file/config null -> {"accept":"any"}`,
    ]);
  });

  it("are none where what came is what was there, or what changed was changed back", () => {
    const events = [
      ...ROWS,
      patch(2, [replace("/total", 0)]),
      patch(3, [replace("/total", 1), replace("/total", 0)]),
      patch(4, [replace("/total", 1), replace("/total", 2)]),
    ];
    expect(outline(changesIn(events, [])).slice(1)).toEqual([
      "v4 field replace total 0 -> 1",
      "v4 field replace total 1 -> 2",
    ]);
  });

  it("of a store that is sent again from the beginning are what differs", () => {
    const events = [
      ...ROWS,
      patch(1, [replace("", { [ID]: [], total: 0, rows: [{ [ID]: ["rows", "b"], n: 7 }] })]),
    ];
    expect(outline(changesIn(events, ["rows", "b"])).slice(1)).toEqual(["v1 field replace n 2 -> 7"]);
  });
});

describe("a range of changes", () => {
  it("leads from one version to another, and gives the newest where there are too many", () => {
    const engine = folded(
      frames`> join < ok > mount A c1 < ok < v1 {n: 0} < v2 /n=1 < v3 /n=2 < v4 /n=3 < v5 /n=4`,
    );
    const { history } = rootIn(engine);
    const [from, to] = [1, 4].map((version) => placeOfVersion(history, { epoch: 1, version }));
    const activity = createStoreActivity(history);
    const changes = storeChanges(activity, [], { from: Number(from), to: Number(to) }, new Map(), {
      ...{ from: "end", count: 2 },
    });
    if (changes === "truncated") throw new Error("All of it is kept.");
    expect(changes.total).toBe(3);
    expect(changes.changes.map(({ version }) => version)).toEqual([3, 4]);
    expect(placeOfVersion(history, { epoch: 1, version: 9 })).toBeNull();
  });

  it("is truncated where the history has been let go, and goes on with what is kept", () => {
    const engine = createEngine(200_000);
    const events = frames`> join < ok > mount A c1 < ok < v1 {n: 0}`;
    for (const event of events) engine.fold(event);
    const activity = createStoreActivity(rootIn(engine).history);
    const { history } = activity;
    for (let version = 2; version <= 3000; version++) {
      engine.fold(patch(version, [replace("/n", version)]));
      if (version % 700 === 0) activity.extend();
    }
    activity.extend();
    expect(history.forgotten()).toBeGreaterThan(0);
    const late = createStoreActivity(history);
    late.extend();
    const key = JSON.stringify([]);
    expect(activity.placesOf(key)).toEqual(late.placesOf(key));
    const all = { from: 0, to: history.count() };
    expect(storeChanges(activity, [], all, new Map())).toBe("truncated");
    const kept = storeChanges(activity, [], { ...all, from: history.forgotten() }, new Map(), {
      ...{ from: "end", count: 1 },
    });
    expect(kept).toMatchObject({ total: 3000 - history.forgotten(), changes: [{ version: 3000 }] });
    expect(placeOfVersion(history, { epoch: 1, version: 1 })).toBe("truncated");
  });
});

function patch(version: number, ops: Parameters<typeof envelope>[1], rest: object = {}): SessionEvent {
  const payload = { ...envelope(version, ops), root_id: "c1", ...rest };
  return incoming(1, "1", null, "musubi:connection", "patch", payload);
}

function replace(path: string, value: Parameters<typeof envelope>[1][number]) {
  return { op: "replace", path, value };
}

function remove(path: string) {
  return { op: "remove", path };
}
