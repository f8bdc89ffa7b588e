import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";

const TOPIC = "musubi:connection";

/** A generated session: one root with this state, and envelopes that change it. */
export type BenchSession = { readonly name: string; readonly events: readonly SessionEvent[] };

export function smallEnvelopes(count: number): BenchSession {
  const state = { __musubi_store_id__: [], total: 0, label: "a label" };
  return session(`${count} envelopes of about 200 B`, state, count, (at) => [replace("/total", at)]);
}

export function tickingStores(stores: number, count: number): BenchSession {
  const children = Array.from({ length: stores }, (_, at) =>
    store(["rows", `r${at}`], { n: 0, label: `row ${at}` }),
  );
  const state = { __musubi_store_id__: [], rows: children };
  return session(`${stores} child stores ticking, ${count} envelopes`, state, count, (at) => [
    replace(`/rows/${at % stores}/n`, at),
  ]);
}

export function rowEnvelopes(rows: number, count: number): BenchSession {
  const row = (at: number) => ({
    id: `row-${at}`,
    name: `The name of row ${at}`,
    price: at * 100,
    tags: ["a", "b"],
  });
  const state = { __musubi_store_id__: [], rows: Array.from({ length: rows }, (_, at) => row(at)) };
  return session(`frames of 1 KB, rows of a list of ${rows}`, state, count, (at) =>
    Array.from({ length: 8 }, (_, nth) => replace(`/rows/${(at * 8 + nth) % rows}`, row(at))),
  );
}

function replace(path: string, value: Json): Json {
  return { op: "replace", path, value };
}

function store(id: readonly string[], fields: { readonly [key: string]: Json }): Json {
  return { __musubi_store_id__: id, ...fields };
}

function session(
  name: string,
  state: Json,
  count: number,
  ops: (at: number) => readonly Json[],
): BenchSession {
  const frames: { readonly way: "in" | "out"; readonly elements: readonly Json[] }[] = [
    { way: "out", elements: ["1", "1", TOPIC, "phx_join", {}] },
    { way: "in", elements: ["1", "1", TOPIC, "phx_reply", { status: "ok", response: {} }] },
    { way: "out", elements: ["1", "2", TOPIC, "mount", { module: "Bench", id: "b", params: {} }] },
    { way: "in", elements: ["1", "2", TOPIC, "phx_reply", { status: "ok", response: { root_id: "b" } }] },
  ];
  for (let at = 0; at <= count; at++) {
    const patch = {
      base_version: at,
      ops: at === 0 ? [replace("", state)] : ops(at),
      root_id: "b",
      stream_ops: [],
      type: "patch",
      upload_ops: [],
      version: at + 1,
    };
    frames.push({ way: "in", elements: ["1", null, TOPIC, "patch", patch] });
  }
  const events = frames.map(({ way, elements }, t): SessionEvent => {
    return { type: way, t, socket: 1, text: JSON.stringify(elements) };
  });
  const url = "ws://localhost:4000/socket/websocket?vsn=2.0.0";
  return { name, events: [{ type: "socket", t: 0, socket: 1, url, transport: "websocket" }, ...events] };
}
