import type { SessionEvent } from "../../src/session/event";
import type { Json, JsonObject } from "../../src/wire/json";

const TOPIC = "musubi:connection";
const URL_V2 = "ws://localhost:4000/socket/websocket?vsn=2.0.0";

/** One thing that a session's server or page says. */
export type Step = {
  readonly ops?: readonly Json[];
  readonly stream_ops?: readonly Json[];
  readonly events?: readonly Json[];
  /** A command comes before it, and is replied to. */
  readonly command?: { readonly store_id: readonly string[]; readonly name: string; readonly payload: Json };
};

/** The root that every generated session has. */
export const ROOT_ID = "shop";

/** The frames of a session of one root, as a real page and server send them: all keys, the server's sorted. */
export function playSession(state: Json, steps: Iterable<Step>): readonly SessionEvent[] {
  const events: SessionEvent[] = [{ type: "socket", t: 0, socket: 1, url: URL_V2, transport: "websocket" }];
  let [refs, version] = [3, 0];
  const addText = (type: "out" | "in", text: string): void => {
    events.push({ type, t: events.length, socket: 1, text: flat(text) });
  };
  const add = (type: "out" | "in", ref: string, event: string, payload: Json): void =>
    addText(type, JSON.stringify(["3", ref, TOPIC, event, payload]));
  const ask = (event: string, payload: Json, response: Json): void => {
    const ref = String(event === "phx_join" ? refs : ++refs);
    add("out", ref, event, payload);
    add("in", ref, "phx_reply", { response, status: "ok" });
  };
  events.push({ type: "open", t: 1, socket: 1 });
  ask("phx_join", {}, {});
  ask("mount", { module: "Bench.ShopStore", id: ROOT_ID, params: {} }, { root_id: ROOT_ID });
  addText("in", envelopeFrame(++version, { ops: [replace("", state)] }));
  for (const step of steps) {
    if (step.command !== undefined) ask("command", { root_id: ROOT_ID, ...step.command }, { ok: true });
    addText("in", envelopeFrame(++version, step));
  }
  return events;
}

export function replace(path: string, value: Json): JsonObject {
  return { op: "replace", path, value };
}

/** A node of the state that is a store. */
export function store(id: readonly string[], fields: JsonObject): JsonObject {
  return { __musubi_store_id__: id, ...fields };
}

/** The frame of the envelope of this version. */
export function envelopeFrame(version: number, { ops = [], stream_ops = [], events }: Step): string {
  const payload = {
    base_version: version - 1,
    ...(events !== undefined && { events }),
    ...{ ops, root_id: ROOT_ID, stream_ops, type: "patch", upload_ops: [], version },
  };
  return JSON.stringify(["3", null, TOPIC, "patch", payload]);
}

/** The same text in one piece, as a socket hands it over: one that was put together would be so when it is first read. */
function flat(text: string): string {
  return Buffer.from(text).toString();
}
