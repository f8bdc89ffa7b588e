import type { SessionEvent } from "../../src/session/event";
import type { Json, JsonObject } from "../../src/wire/json";

/**
 * Sessions in the words of the domain. One step begins with `>` (the page sends) or `<` (the server sends):
 *
 *     > join                      the connection channel; `> join Shop.Cart:c1` a root's own
 *     > mount Shop.Cart c1 {..}   with params, or without
 *     > unmount c1    > leave    < close    < crash
 *     > add {sku: "x"} @cart      a command for the newest root, or for `^c1`; `@` a store
 *     < ok {..}    < error {..}   the reply to the oldest push that awaits one
 *     < v1 {total: 0}             the first envelope; the root's id marker is added
 *     < v2 /total=4 +/rows/0={} -/rows/1
 *
 * Each step takes one millisecond. Keys need no quotes.
 */
export function frames(
  strings: TemplateStringsArray,
  ...values: readonly unknown[]
): readonly SessionEvent[] {
  const text = String.raw({ raw: strings }, ...values.map((value) => JSON.stringify(value)));
  const steps = text.trim().split(/\s+(?=[<>]\s)/);
  const scene = createScene();
  return [socket(1), open(1), ...steps.map((step) => scene.event(step))].map((event, t) => ({ ...event, t }));
}

export const URL_V2 = "ws://localhost:4000/socket/websocket?vsn=2.0.0";

export function socket(
  id: number,
  url: string = URL_V2,
  rest: { readonly frame?: string } = {},
): SessionEvent {
  return { type: "socket", t: 0, socket: id, url, transport: "websocket", ...rest };
}

export function open(id: number): SessionEvent {
  return { type: "open", t: 0, socket: id };
}

export function close(id: number, code = 1006): SessionEvent {
  return { type: "close", t: 0, socket: id, code, reason: "", clean: false };
}

export function page(phase: "load" | "hide" | "show" | "unload"): SessionEvent {
  return { type: "page", t: 0, phase, url: "http://localhost:4000/" };
}

/** A frame that the page sends: join_ref, ref, topic, event, payload. */
export function out(id: number, ...elements: readonly Json[]): SessionEvent {
  return { type: "out", t: 0, socket: id, text: JSON.stringify(elements) };
}

/** A frame that the server sends. */
export function incoming(id: number, ...elements: readonly Json[]): SessionEvent {
  return { type: "in", t: 0, socket: id, text: JSON.stringify(elements) };
}

/** The reply to `ref`. */
export function reply(
  id: number,
  join_ref: string | null,
  ref: string,
  topic: string,
  status = "ok",
  response: Json = {},
): SessionEvent {
  return incoming(id, join_ref, ref, topic, "phx_reply", { status, response });
}

/** The envelope that leads from `version - 1` to `version`. */
export function envelope(version: number, ops: readonly Json[], rest: JsonObject = {}): JsonObject {
  return { type: "patch", base_version: version - 1, version, ops, stream_ops: [], ...rest };
}

type Pushed = { readonly ref: string; readonly event: string; readonly ok: JsonObject };

function createScene() {
  const pushes: Pushed[] = [];
  let topic = "musubi:connection";
  let join_ref: string | null = null;
  let root_id = "";
  let isOwn = false;
  let refs = 0;

  function push(event: string, payload: Json, ok: JsonObject = {}): SessionEvent {
    const ref = String(++refs);
    if (event === "phx_join") join_ref = ref;
    pushes.push({ ref, event, ok });
    return out(1, join_ref, ref, topic, event, payload);
  }

  function send(words: string): SessionEvent {
    const [name = "", first = "", second = ""] = words.split(/\s+/);
    if (name === "join") {
      isOwn = first !== "";
      topic = isOwn ? `musubi:connection:${first}` : "musubi:connection";
      if (!isOwn) return push("phx_join", {});
      root_id = first;
      return push("phx_join", { ...splitRootId(first), params: valueIn(words) ?? {} }, { root_id });
    }
    if (name === "mount") {
      root_id = second;
      return push("mount", { module: first, id: second, params: valueIn(words) ?? {} }, { root_id });
    }
    if (name === "unmount") return push("unmount", { root_id: first });
    if (name === "leave") return push("phx_leave", {});
    const store_id = /\s@(\S+)/.exec(words)?.[1]?.split(",") ?? [];
    const named = isOwn ? {} : { root_id: rootIn(words) };
    return push("command", { ...named, store_id, name, payload: valueIn(words) ?? {} });
  }

  function receive(words: string): SessionEvent {
    const [name = ""] = words.split(/\s+/);
    if (name === "close") return incoming(1, join_ref, join_ref, topic, "phx_close", {});
    if (name === "crash") return incoming(1, join_ref, join_ref, topic, "phx_error", {});
    if (/^v\d+$/.test(name)) return patch(Number(name.slice(1)), words);
    const pushed = pushes.shift();
    if (pushed === undefined) throw new Error(`No push awaits the reply "${words}".`);
    const response = valueIn(words) ?? (name === "ok" ? pushed.ok : {});
    const joined = pushed.event === "phx_join" ? pushed.ref : join_ref;
    return reply(1, joined, pushed.ref, topic, name, response);
  }

  function patch(version: number, words: string): SessionEvent {
    const state = valueIn(words);
    const isState = version === 1 && state !== undefined && !/\s[+-]?\//.test(words);
    const value = isState ? Object.assign({ __musubi_store_id__: [] }, state) : null;
    const ops = isState ? [{ op: "replace", path: "", value }] : opsIn(words);
    return incoming(1, join_ref, null, topic, "patch", envelope(version, ops, { root_id: rootIn(words) }));
  }

  function rootIn(words: string): string {
    return /\s\^(\S+)/.exec(words)?.[1] ?? root_id;
  }

  return {
    event: (step: string): SessionEvent =>
      step.startsWith(">") ? send(step.slice(1).trim()) : receive(step.slice(1).trim()),
  };
}

function splitRootId(root_id: string): JsonObject {
  const colon = root_id.indexOf(":");
  return { module: root_id.slice(0, colon), id: root_id.slice(colon + 1) };
}

/** The object in a step, its keys quoted or not. */
function valueIn(words: string): JsonObject | undefined {
  const text = /\s(\{.*\})/s.exec(words)?.[1];
  return text === undefined ? undefined : JSON.parse(quoteKeys(text));
}

function opsIn(words: string): readonly JsonObject[] {
  const parts = words.replace(/\s\^\S+/, "").split(/\s+(?=[+-]?\/)/);
  return parts.slice(1).map((part) => {
    if (part.startsWith("-")) return { op: "remove", path: part.slice(1) };
    const op = part.startsWith("+") ? "add" : "replace";
    const [, path = "", value = "null"] = /^\+?([^=]*)=(.*)$/s.exec(part) ?? [];
    return { op, path, value: JSON.parse(quoteKeys(value)) };
  });
}

function quoteKeys(text: string): string {
  return text.replace(/([{,]\s*)([A-Za-z_]\w*)\s*:/g, '$1"$2":');
}
