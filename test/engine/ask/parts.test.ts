import { expect, it } from "vitest";
import { assignsAt, storeAt, streamAt, uploadAt } from "../../../src/engine/ask/parts";
import { createEngine, type LiveRoot } from "../../../src/engine/engine";
import type { SessionEvent } from "../../../src/session/event";
import { envelope, frames, incoming } from "../../support/frames";

const ID = "__musubi_store_id__";
const LINE = { [ID]: ["lines", "a"], n: 1, log: { __musubi_stream__: "log" } };

const insert = {
  op: "insert",
  stream: "log",
  ref: "0",
  store_id: ["lines", "a"],
  item_key: "k",
  at: -1,
  limit: null,
  item: 5,
};
const config = { op: "config", upload: "file", store_id: [], config: { accept: "any" } };
const EVENTS: readonly SessionEvent[] = [
  ...frames`> join < ok > mount A c1 < ok < v1 {lines: [${LINE}]}`,
  incoming(1, "1", null, "musubi:connection", "patch", {
    ...envelope(2, [{ op: "replace", path: "/lines/0/n", value: 2 }]),
    ...{ root_id: "c1", stream_ops: [insert], upload_ops: [config] },
  }),
];

function rootOf(maxHistoryChars?: number): LiveRoot {
  const engine = createEngine(maxHistoryChars);
  for (const event of EVENTS) engine.fold(event);
  const root = engine.connections[0]?.roots[0];
  if (root === undefined) throw new Error("There is no root.");
  return root;
}

it("a store at an event comes with its own value, its subtree and what hangs on it", () => {
  const root = rootOf();
  expect(storeAt(root, 7, ["lines", "a"])).toMatchObject({ own: { n: 1 }, streams: [], uploads: [] });
  expect(storeAt(root, 8, ["lines", "a"])).toEqual({
    store_id: ["lines", "a"],
    own: { ...LINE, n: 2 },
    state: { ...LINE, n: 2 },
    snapshot: { [ID]: ["lines", "a"], n: 2, log: [5] },
    streams: [{ name: "log", entries: [{ item_key: "k", item: 5 }] }],
    uploads: [],
    assigns: null,
  });
  const whole = storeAt(root, 8, []);
  expect(whole).toMatchObject({
    own: { lines: [{ [ID]: ["lines", "a"] }] },
    state: { lines: [{ n: 2 }] },
    uploads: [{ name: "file", config: { accept: "any" }, entries: [], errors: [] }],
  });
});

it("a stream, an upload or assigns are there only where they were", () => {
  const root = rootOf();
  expect(streamAt(root, 8, ["lines", "a"], "log")).toMatchObject({ entries: [{ item_key: "k" }] });
  expect(streamAt(root, 7, ["lines", "a"], "log")).toBeNull();
  expect(uploadAt(root, 8, [], "file")).toMatchObject({ config: { accept: "any" } });
  expect(uploadAt(root, 8, [], "constructor")).toBeNull();
  expect(assignsAt(root, 8, [])).toBeNull();
  expect(storeAt(root, 6, [])).toBeNull();
});

it("of what is not kept any more nothing is told", () => {
  const root = rootOf(0);
  const answers = [
    storeAt(root, 7, []),
    streamAt(root, 7, [], "x"),
    uploadAt(root, 7, [], "x"),
    assignsAt(root, 7, []),
  ];
  expect(answers).toEqual(["truncated", "truncated", "truncated", "truncated"]);
  expect(storeAt(root, 8, [])).toMatchObject({ store_id: [] });
});
