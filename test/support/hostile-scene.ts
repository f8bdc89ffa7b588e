import { createEngine } from "../../src/engine/engine";
import { createSessionReader } from "../../src/session/reader";
import type { Json, JsonObject } from "../../src/wire/json";
import { wireText } from "./hostile-json";

const HEADER = '{"format":"musubi-devtools-session","version":1}';

/** A topic on which its root's own join mounts it. */
export const OWN = "musubi:connection:A:a";

/** Writes a session line by line, and knows what an engine makes of it so far. */
function createLines() {
  const lines = [HEADER];
  const reader = createSessionReader();
  reader.push(`${HEADER}\n`);
  const engine = createEngine(0);

  function add(event: JsonObject): void {
    const line = wireText({ t: lines.length, ...event });
    lines.push(line);
    const read = reader.push(`${line}\n`);
    if (read.ok) for (const one of read.value) engine.fold(one);
  }

  function frame(way: string, socket: number, elements: readonly Json[]): void {
    const [join_ref = null, ref = null, topic = null, event = null, payload = null] = elements;
    const value = socket === 2 ? { topic, event, payload, ref, join_ref } : elements;
    add({ type: way, socket, text: wireText(value) });
  }

  return { lines, engine, add, frame };
}

/** Plays a client and its server into a session, by what its engine holds, so that most of what follows fits. */
export function createScene() {
  const { lines, engine, add, frame } = createLines();
  let refs = 10;

  /** The newest join_ref of a topic, and where its frames go. */
  function channel(topic: string) {
    const all = engine.connections.flatMap(({ channels }) => channels);
    const { socket = 1, join_ref = null } = all.findLast((one) => one.topic === topic) ?? {};
    return { socket, join_ref };
  }

  function exchange(topic: string, event: string, payload: Json, status: Json, response: Json): void {
    const ref = String(++refs);
    const { socket, join_ref } = channel(topic);
    frame("out", socket, [event === "phx_join" ? ref : join_ref, ref, topic, event, payload]);
    frame("in", socket, [channel(topic).join_ref, ref, topic, "phx_reply", { status, response }]);
  }

  function push(topic: string, event: string, payload: Json): void {
    const { socket, join_ref } = channel(topic);
    frame("in", socket, [join_ref, null, topic, event, payload]);
  }

  /** An envelope that leads on from what the root holds, or by `skew` away from that. */
  function patch(topic: string, root_id: string, parts: JsonObject, skew = 0): void {
    const roots = engine.connections.flatMap(({ roots }) => roots);
    const version = roots.findLast((root) => root.topic === topic && root.root_id === root_id)?.version ?? 0;
    const versions = { base_version: version + skew, version: version + skew + 1 };
    push(topic, "patch", { type: "patch", root_id, ...versions, ...parts });
  }

  function mount(topic: string, root_id: string, state: Json): void {
    const payload = { module: "A", id: "a", params: {} };
    exchange(topic, topic === OWN ? "phx_join" : "mount", payload, "ok", { root_id });
    const ops = [{ op: "replace", path: "", value: state }];
    patch(topic, root_id, { ops, stream_ops: [] });
  }

  return { lines, add, frame, exchange, push, patch, mount };
}

export type Scene = ReturnType<typeof createScene>;
