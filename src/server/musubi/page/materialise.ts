import type { Json, JsonObject } from "../../../wire/json";
import { MARKER } from "../../../wire/protocol";
import { type AsyncResult, isAsyncResult } from "../async-result";
import { isPlainObject } from "../equal";
import type { StoreId } from "../socket";
import { Child, type Store } from "../store";
import { isStreamSlot, type StreamSlot } from "../stream-slot";
import { type Encoding, encodeEntries, encodeJson, encodeOrInspect } from "./encode-json";
import type { Position } from "./position";

/** Gives the wire value of a place that holds a child. */
export type ResolveChild = (child: Child, position: Position) => Json;

type Owner = Pick<Store, "module" | "streams" | "uploads">;

/**
 * The wire object of a store (wire.md 6): what it rendered, with markers for streams and async values and each child's
 * own wire object in place; its store id; a marker for each of its uploads. Throws for what JSON cannot hold, for
 * reserved names and for streams that the store does not declare.
 */
export function materialise(
  rendered: unknown,
  owner: Owner,
  storeId: StoreId,
  resolveChild: ResolveChild,
): JsonObject {
  const what = `What ${owner.module} rendered`;
  if (!isPlainObject(rendered)) throw new Error(`${what} must be an object.`);
  const taken = [...owner.uploads.keys()].find((name) => Object.hasOwn(rendered, name));
  if (taken !== undefined)
    throw new Error(`${what} has a field "${taken}", where its upload "${taken}" goes.`);
  const encoding: Encoding = {
    what,
    special: (value, position) => {
      if (value instanceof Child) return resolveChild(value, position);
      if (isStreamSlot(value)) return encodeSlot(value, owner);
      return isAsyncResult(value) ? encodeAsync(value, what, owner) : undefined;
    },
  };
  const uploads = [...owner.uploads.keys()].map((name) => [name, { [MARKER.upload]: name }] as const);
  const fields = encodeEntries(rendered, null, encoding);
  return Object.fromEntries<Json>([...fields, ...uploads, [MARKER.storeId, storeId]]);
}

function encodeSlot({ stream }: StreamSlot, { module, streams }: Owner): Json {
  if (streams.has(stream)) return { [MARKER.stream]: stream };
  throw new Error(`${module} rendered the stream "${stream}", which it does not declare.`);
}

function encodeAsync({ status, result, reason }: AsyncResult, what: string, owner: Owner): Json {
  const encoded = encodeJson(result, `${what} as an async result`, (value) =>
    isStreamSlot(value) ? encodeSlot(value, owner) : undefined,
  );
  return {
    [MARKER.async]: true,
    status,
    result: encoded,
    reason: reason === null ? null : { kind: reason.kind, value: encodeOrInspect(reason.value) },
  };
}
