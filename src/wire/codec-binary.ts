import type { Direction, Frame } from "./frame";
import type { FrameFault } from "./frame-fault";
import { EVENT } from "./protocol";
import { failure, type Result, success } from "./result";

/** The first byte of a V2 binary frame (wire.md 1.3). */
const KIND = { push: 0, reply: 1, broadcast: 2 } as const;

/** A frame whose payload is bytes; `payload` is null then, and in a reply `{status, response: null}`. */
export type BinaryFrame = { readonly frame: Frame; readonly data: Uint8Array };

/**
 * Decodes a V2 binary frame (wire.md 1.3): the lengths of its strings, one byte each, the strings in UTF-8, and the
 * rest as data. What a kind means depends on the direction, seen from the page.
 */
export function decodeBinaryFrame(bytes: Uint8Array, direction: Direction): Result<BinaryFrame, FrameFault> {
  const kind = bytes[0];
  if (kind === undefined) return failure({ reason: "truncated", length: 0, needed: 1 });
  switch (kind) {
    case KIND.push: {
      if (direction === "in") {
        return split(bytes, 3, ([join_ref, topic, event]) => text(join_ref, null, topic, event));
      }
      return split(bytes, 4, ([join_ref, ref, topic, event]) => text(join_ref, ref, topic, event));
    }
    case KIND.reply:
      if (direction === "out") break;
      return split(bytes, 4, ([join_ref, ref, topic, status = ""]) => {
        return { ...text(join_ref, ref, topic, EVENT.reply), payload: { status, response: null } };
      });
    case KIND.broadcast:
      if (direction === "out") break;
      return split(bytes, 2, ([topic, event]) => text(null, null, topic, event));
  }
  return failure({ reason: "unknown_kind", kind });
}

function text(
  join_ref: string | null | undefined,
  ref: string | null | undefined,
  topic = "",
  event = "",
): Frame {
  // An absent ref has length 0: the empty string is no ref.
  return { join_ref: join_ref || null, ref: ref || null, topic, event, payload: null };
}

function split(
  bytes: Uint8Array,
  count: number,
  toFrame: (strings: readonly string[]) => Frame,
): Result<BinaryFrame, FrameFault> {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const lengths = bytes.subarray(1, 1 + count);
  const needed = lengths.reduce((sum, length) => sum + length, 1 + count);
  if (lengths.length < count || bytes.length < needed) {
    return failure({ reason: "truncated", length: bytes.length, needed });
  }
  const strings: string[] = [];
  let at = 1 + count;
  for (const length of lengths) {
    try {
      strings.push(decoder.decode(bytes.subarray(at, at + length)));
    } catch {
      return failure({ reason: "bad_utf8", at });
    }
    at += length;
  }
  return success({ frame: toFrame(strings), data: bytes.subarray(at) });
}

/** The bytes that base64 text holds; null where it is no base64. */
export function decodeBase64(base64: string): Uint8Array | null {
  try {
    const binary = atob(base64);
    const bytes = new Uint8Array(binary.length);
    for (let at = 0; at < binary.length; at++) bytes[at] = binary.charCodeAt(at);
    return bytes;
  } catch {
    return null;
  }
}
