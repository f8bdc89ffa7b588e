import type { Json, JsonObject } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import { isPlainObject } from "../equal";
import { isStreamSlot } from "../stream-slot";
import { inspectValue } from "./encode-json";
import type { LensMessage } from "./lens-message";
import type { RenderReport } from "./render-store";
import type { StoreNode } from "./store-node";

/** A value whose JSON is longer is told by its size and its beginning (lens.md). */
const MAX_VALUE_BYTES = 32 * 1024;
const HEAD_CHARS = 1_000;
/** What is deeper is told as a text, and so is what stands within itself. */
const MAX_DEPTH = 64;
/** Names with this beginning are the server's own. */
const OWN_PREFIX = "__";

/** Tells what the stores of one page hold: all in a store's first message, then what changed (lens.md). */
export class Lens {
  readonly #rootId: string | null;
  /** The keys that were told, by store. */
  readonly #told = new WeakMap<StoreNode, ReadonlySet<string>>();

  constructor(rootId: string | null) {
    this.#rootId = rootId;
  }

  tell(
    { node, cause, changed, renderMs, validateMs }: RenderReport,
    version: number,
    diffMs: number,
  ): LensMessage {
    const { store, storeId, socket } = node;
    const held = Object.keys(socket.assigns).filter(isOwn);
    const before = this.#told.get(node);
    this.#told.set(node, new Set(held));
    const marked = changed.filter(isOwn);
    const shown = before === undefined ? held : held.filter((key) => changed.includes(key));
    return {
      ...(this.#rootId === null ? {} : { root_id: this.#rootId }),
      store_id: storeId,
      module: store.module,
      version,
      cause,
      changed: marked,
      assigns: showAssigns(socket.assigns, shown),
      removed: [...(before ?? [])].filter((key) => !Object.hasOwn(socket.assigns, key)),
      us: { render: toMicros(renderMs), validate: toMicros(validateMs), diff: toMicros(diffMs) },
    };
  }
}

function isOwn(key: string): boolean {
  return !key.startsWith(OWN_PREFIX);
}

function toMicros(ms: number): number {
  return Math.max(0, Math.round(ms * 1000));
}

function showAssigns(assigns: Assigns, keys: readonly string[]): JsonObject {
  return Object.fromEntries(keys.map((key) => [key, showValue(assigns[key])]));
}

/** One assign as a document of the panel: at most `MAX_VALUE_BYTES` of JSON. */
export function showValue(value: unknown): Json {
  const shown = toJson(value, []);
  const text = JSON.stringify(shown);
  // No character takes more than three bytes a UTF-16 unit, and none less than one.
  if (text.length * 3 <= MAX_VALUE_BYTES) return shown;
  const bytes = Buffer.byteLength(text);
  return bytes <= MAX_VALUE_BYTES ? shown : { __truncated__: bytes, head: text.slice(0, HEAD_CHARS) };
}

/** `above` is what `value` stands in, from the outside in. */
function toJson(value: unknown, above: readonly unknown[]): Json {
  if (value === null || typeof value === "string" || typeof value === "boolean") return value;
  if (typeof value === "number" && Number.isFinite(value)) return value;
  if (above.length >= MAX_DEPTH || above.includes(value)) return { __inspect__: inspectValue(value) };
  const inside = [...above, value];
  if (Array.isArray(value)) return value.map((item) => toJson(item, inside));
  if (isStreamSlot(value)) return { stream: value.stream };
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner, inside)]));
  }
  return { __inspect__: inspectValue(value) };
}
