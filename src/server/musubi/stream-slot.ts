import { isObject } from "../../wire/json";

const SLOT = Symbol("musubi stream slot");

/** The place of a stream in a rendered value (wire.md 6). */
export type StreamSlot = { readonly [SLOT]: true; readonly stream: string };

/**
 * Puts a stream here. Its items are not in the rendered value: they go to the clients as operations (wire.md 8).
 *
 *     render: () => ({ rows: streamSlot("rows") })
 */
export function streamSlot(stream: string): StreamSlot {
  return { [SLOT]: true, stream };
}

export function isStreamSlot(value: unknown): value is StreamSlot {
  return isObject(value) && SLOT in value;
}
