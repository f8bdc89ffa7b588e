import { describe, expect, it } from "vitest";
import { lineKey } from "../../src/bridge/line-key";
import type { StoreLine, StoresQuery, StoresView } from "../../src/bridge/stores-view";
import { contentAt } from "../../src/engine/ask/place";
import type { Scene } from "../../src/host/scene";
import { answerStores } from "../../src/host/store-lines";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { envelope, frames, incoming } from "../support/frames";
import { createLifeScene, type LifeScene } from "../support/life-scene";

const TOPIC = "musubi:connection";
const ROOT = { connection: 1, topic: TOPIC, root_id: "c1" };
const QUERY: StoresQuery = {
  ...{ kind: "stores", folds: [], chosen: null, reveal: null, find: null },
  ...{ from: 0, count: 100 },
};

/** Events 7 to 10 are its envelopes. */
const SHOP = frames`
  > join < ok > mount Shop.Cart c1
  < ok < v1 {total: 0, note: null, more: [1], title: "Cart", header: {__musubi_store_id__: ["header"], user: "Ada"}}
  < v2 /total=2 < v3 /header/user="Bo" < v4 /header=null`;

function sceneAt(scene: LifeScene, at: number | null): Scene {
  const now = scene.scene(at);
  return at === null ? now : { ...now, contentOf: (root) => contentAt(root, at) };
}

function linesOf(scene: LifeScene, at: number | null = null): StoresView {
  const view = answerStores(QUERY)(sceneAt(scene, at));
  if (view?.kind !== "stores") throw new Error("no view of stores");
  return view;
}

function lineOf({ rows }: StoresView, ...storeId: readonly string[]): StoreLine {
  const key = lineKey({ kind: "store", root: ROOT, store_id: storeId });
  const row = rows.find((one) => one.key === key);
  if (row === undefined) throw new Error(`no line ${key}`);
  return row;
}

/** The next envelope of the shop. */
function next(version: number, more: Json & object): SessionEvent {
  return incoming(1, "1", null, TOPIC, "patch", { ...envelope(version, []), root_id: "c1", ...more });
}

describe("a window of the stores", () => {
  it("tells of each store its first plain fields, and what of it changed last", () => {
    const scene = createLifeScene(SHOP);
    const view = linesOf(scene, 9);
    expect(view.rows.map(({ shows }) => shows.kind)).toEqual(["connection", "root", "store", "channel"]);
    expect(lineOf(view)).toMatchObject({
      preview: [
        { key: "total", value: "2" },
        { key: "note", value: "null" },
        { key: "title", value: '"Cart"' },
      ],
      ...{ inside: 1, expandable: true, expanded: true, changed_seq: 9 },
    });
    expect(lineOf(view, "header")).toMatchObject({
      ...{ preview: [{ key: "user", value: '"Bo"' }], changed_seq: 9, level: 3, parent: 1 },
    });
  });

  it("is that of the moment at which it is looked at", () => {
    const scene = createLifeScene(SHOP);
    expect(linesOf(scene).rows).toHaveLength(3);
    expect(linesOf(scene, 3).rows.map(({ shows }) => shows.kind)).toEqual(["connection", "channel"]);
    expect([7, 8, 9].map((seq) => lineOf(linesOf(scene, seq), "header").changed_seq)).toEqual([7, 7, 9]);
    expect([7, 8, 9].map((seq) => lineOf(linesOf(scene, seq)).changed_seq)).toEqual([7, 8, 9]);
  });

  it("tells the streams of a store, and its uploads that are under way", () => {
    const item = (stream: string, id: number): Json => ({
      ...{
        op: "insert",
        stream,
        ref: "0",
        store_id: [],
        item_key: `${id}`,
        at: -1,
        item: { id },
        limit: null,
      },
    });
    const upload = { upload: "avatar", store_id: [] };
    const entry = { ref: "u1", client_name: "a.png", progress: 0, status: "pending", errors: [] };
    const scene = createLifeScene([
      ...SHOP,
      next(5, {
        stream_ops: [item("a", 1), item("a", 2), item("b", 1), item("c", 1), item("d", 1)],
        upload_ops: [
          { op: "config", ...upload, config: {} },
          { op: "add", ...upload, ref: "u1", entry },
        ],
      }),
    ]);
    const streams = [
      { name: "a", total: 2 },
      { name: "b", total: 1 },
      { name: "c", total: 1 },
    ];
    expect(lineOf(linesOf(scene)).badges).toMatchObject({ streams, uploading: 0 });
    scene.append(next(6, { upload_ops: [{ op: "progress", ...upload, ref: "u1", progress: 5 }] }));
    expect(lineOf(linesOf(scene)).badges).toMatchObject({ streams, uploading: 1 });
    scene.append(next(7, { upload_ops: [{ op: "progress", ...upload, ref: "u1", progress: 100 }] }));
    expect(lineOf(linesOf(scene)).badges.uploading).toBe(0);
  });

  it("tells async values that are loading or have failed, and the problems of a root", () => {
    const async = (status: string): Json => ({ __musubi_async__: true, status, result: null, reason: null });
    const value = { profile: async("loading"), offers: async("failed"), rates: async("ok") };
    const ops = [{ op: "add", path: "/data", value }];
    const scene = createLifeScene([...SHOP, next(5, { ops })]);
    expect(lineOf(linesOf(scene)).badges).toMatchObject({ loading: 1, failed: 1, problems: 0 });
    scene.append(next(9, { ops: [] }));
    expect(lineOf(linesOf(scene)).badges.problems).toBe(1);
    expect(lineOf(linesOf(scene, 11)).badges.problems).toBe(0);
  });

  it("is given again only when there is more, or another moment is looked at", () => {
    const scene = createLifeScene(SHOP);
    const answer = answerStores(QUERY);
    expect([answer(scene.scene()), answer(scene.scene())].map((view) => view !== null)).toEqual([
      true,
      false,
    ]);
    expect(answer(sceneAt(scene, 8))).not.toBeNull();
    scene.append(next(5, { ops: [] }));
    expect(answer(scene.scene())).not.toBeNull();
  });

  it("looks at very many changes in slices, and asks for another turn until it knows them all", () => {
    const scene = createLifeScene(SHOP.slice(0, -1));
    for (let version = 4; version < 1_500; version++) {
      scene.append(next(version, { ops: [{ op: "replace", path: "/total", value: version }] }));
    }
    let turns = 0;
    const answer = answerStores(QUERY);
    const look = (): number => {
      const view = answer({ ...scene.scene(), until: 0, again: () => void turns++ });
      return view?.kind === "stores" ? lineOf(view, "header").changed_seq : -1;
    };
    const seen = Array.from({ length: 6 }, look);
    expect(seen).toEqual([0, 0, 9, -1, -1, -1]);
    expect(turns).toBe(2);
  });
});
