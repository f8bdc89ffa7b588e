import type { SessionEvent } from "../../src/session/event";
import type { Json, JsonObject } from "../../src/wire/json";
import { playSession, replace, type Step, store } from "./server-frames";
import { formatCount } from "./table";

/** A session of one root that was made up here. */
export type BenchSession = { readonly name: string; readonly events: readonly SessionEvent[] };

/** Envelopes of about 200 B, one operation each. */
export function smallEnvelopes(count: number): BenchSession {
  const state = store([], { cart: { currency: "EUR", total_price: 0 }, title: "A small store" });
  return session(`${formatCount(count)} small envelopes`, state, count, (at) => ({
    ops: [replace("/cart/total_price", at)],
  }));
}

/** A list of child stores, of which each envelope changes one. Which one is `pick(at, stores)`. */
export function tickingStores(stores: number, count: number): BenchSession {
  return session(
    `${formatCount(stores)} child stores, ${formatCount(count)} envelopes`,
    listOfStores(stores),
    count,
    (at) => ({ ops: [replace(`/rows/${pick(at, stores)}/n`, at)] }),
  );
}

/** A list of plain rows, of which each envelope changes one field of one, which is `pick(at, rows)`. */
export function tickingRows(rows: number, count: number): BenchSession {
  const name = `${formatCount(rows)} rows, ${formatCount(count)} envelopes`;
  return session(name, listOfRows(rows), count, (at) => ({
    ops: [replace(`/rows/${pick(at, rows)}/price`, at)],
  }));
}

/** Stores in a list, the same envelopes however many there are. */
export function growingTree(stores: number, count: number): BenchSession {
  return session(`${formatCount(stores)} stores`, listOfStores(stores), count, (at) => ({
    ops: [replace(`/rows/${pick(at, 100)}/n`, at)],
  }));
}

/** Rows of a long list, whole, in frames of 1 KB. */
export function wholeRows(rows: number, count: number): BenchSession {
  return session(`rows of a list of ${formatCount(rows)}`, listOfRows(rows), count, (at) => ({
    ops: Array.from({ length: 8 }, (_, nth) => replace(`/rows/${(at * 8 + nth) % rows}`, row(at * 8 + nth))),
  }));
}

/** Stores that move in a list: a positional diff writes over all that lie between, their ids too. */
export function movingStores(stores: number, count: number): BenchSession {
  const order = Array.from({ length: stores }, (_, at) => at);
  const SPAN = 12;
  return session(`moves in a list of ${formatCount(stores)} stores`, listOfStores(stores), count, (at) => {
    const from = pick(at, stores - SPAN);
    const before = order.slice(from, from + SPAN);
    const after = [...before.slice(1), ...before.slice(0, 1)];
    order.splice(from, SPAN, ...after);
    return { ops: after.flatMap((id, nth) => moveOps(from + nth, id)) };
  });
}

/** Texts of 1 KB to 4 KB. */
export function longStrings(count: number): BenchSession {
  const state = store([], { article: { body: "", title: "An article" } });
  return session("long strings", state, count, (at) => ({
    ops: [replace("/article/body", prose(at, 1000 + pick(at, 3000)))],
  }));
}

/** Hundreds of operations an envelope, each to a field of a row. */
export function manyOperations(rows: number, count: number): BenchSession {
  return session("300 operations an envelope", listOfRows(rows), count, (at) => ({
    ops: Array.from({ length: 300 }, (_, nth) => replace(`/rows/${pick(at * 300 + nth, rows)}/price`, nth)),
  }));
}

/** Stores six levels deep, three in each, changed at the leaves. */
export function deepTree(count: number): BenchSession {
  const DEPTH = 6;
  return session(`a tree ${DEPTH} levels deep`, branch([], DEPTH), count, (at) => {
    const way = Array.from({ length: DEPTH }, (_, level) => `/branches/${pick(at * DEPTH + level, 3)}`);
    return { ops: [replace(`${way.join("")}/n`, at)] };
  });
}

/** A stream that grows by an item an envelope; now and then one that is there already goes to its end. */
export function growingStream(count: number): BenchSession {
  const state = store([], { messages: { __musubi_stream__: "messages" }, title: "A room" });
  return session(`a stream with ${formatCount(count)} inserts`, state, count, (at) => ({
    stream_ops: [insertOp(at % 20 === 19 ? pick(at, at) : at, at)],
  }));
}

/** Commands, their replies, and the envelopes that they lead to. */
export function commands(count: number): BenchSession {
  return session(`${formatCount(count)} commands with replies`, listOfStores(200), count, (at) => ({
    command: commandFor(pick(at, 200), at),
    ops: [replace(`/rows/${pick(at, 200)}/n`, at)],
  }));
}

/** Something of everything. */
export function mixedSession(count: number): BenchSession {
  const state = { ...listOfStores(500), body: "", messages: { __musubi_stream__: "messages" } };
  return session(`a mixed session, ${formatCount(count)} envelopes`, state, count, (at): Step => {
    if (at % 10 === 0) return { stream_ops: [insertOp(at, at)] };
    if (at % 50 === 1) return { ops: [replace("/body", prose(at, 800))] };
    const tick: Step = { ops: [replace(`/rows/${pick(at, 500)}/n`, at)] };
    return at % 5 === 2 ? { ...tick, command: commandFor(pick(at, 500), at) } : tick;
  });
}

/** A number below `below` that looks as if drawn by lot, always the same for the same `at`. */
export function pick(at: number, below: number): number {
  let mixed = Math.imul(at + 1, 0x9e3779b1);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x85ebca77);
  return ((mixed ^ (mixed >>> 13)) >>> 0) % Math.max(below, 1);
}

/** @param stepAt what the envelope of version `at + 1` does; the first one is 1 */
function session(name: string, state: Json, count: number, stepAt: (at: number) => Step): BenchSession {
  const steps = Array.from({ length: count }, (_, nth) => stepAt(nth + 1));
  return { name, events: playSession(state, steps) };
}

function listOfStores(count: number): JsonObject {
  return store([], { rows: Array.from({ length: count }, (_, at) => child(at)), title: "A list" });
}

function child(at: number): JsonObject {
  return store(["rows", `r${at}`], { label: `Row ${at}`, n: 0 });
}

/** A store whose label and id took another's place. */
function moveOps(place: number, id: number): readonly JsonObject[] {
  return [
    replace(`/rows/${place}/label`, `Row ${id}`),
    replace(`/rows/${place}/__musubi_store_id__/1`, `r${id}`),
  ];
}

function listOfRows(count: number): JsonObject {
  return store([], { rows: Array.from({ length: count }, (_, at) => row(at)), title: "A list" });
}

function row(at: number): JsonObject {
  return { id: `row-${at}`, name: `The name of row ${at}`, price: at * 100, tags: ["new", "sale"] };
}

function branch(id: readonly string[], depth: number): JsonObject {
  const branches =
    depth === 0 ? [] : ["a", "b", "c"].map((key) => branch([...id, "branches", key], depth - 1));
  return store(id, { branches, label: `Branch ${id.length / 2}`, n: 0 });
}

function insertOp(key: number, at: number): JsonObject {
  const item = { author: `user-${at % 7}`, id: String(key), text: prose(at, 60) };
  return {
    at: -1,
    item,
    item_key: `messages-${key}`,
    limit: null,
    op: "insert",
    ref: "0",
    store_id: [],
    stream: "messages",
  };
}

function commandFor(store: number, at: number) {
  return { store_id: ["rows", `r${store}`], name: "set", payload: { n: at } };
}

const WORDS = `The server owns the state, and the page shows it. "Nothing else", it says, "is kept twice."\n`;

/** So many characters of text, different for each `at`. */
function prose(at: number, length: number): string {
  return `${at}: ${WORDS.repeat(Math.ceil(length / WORDS.length))}`.slice(0, length);
}
