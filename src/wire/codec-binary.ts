import { findReplyFault } from "./codec";
import { type Direction, type Frame, MAX_FRAME_BYTES } from "./frame";
import { type BinaryField, type FrameFault, MAX_FIELD_BYTES } from "./frame-fault";
import { EVENT } from "./protocol";
import { readReply } from "./reply";
import { failure, type Result, success } from "./result";

/** The first byte of a V2 binary frame (wire.md 1.3). */
const KIND = { push: 0, reply: 1, broadcast: 2 } as const;

/** UTF-8 has no form for half of a pair: an encoder would put another character in its place. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** A frame whose payload is bytes; `payload` is null then, and in a reply `{status, response: null}`. */
export type BinaryFrame = { readonly frame: Frame; readonly data: Uint8Array };

/**
 * Decodes a V2 binary frame (wire.md 1.3): the lengths of its strings, one byte each, the strings in UTF-8, and the
 * rest as data, which shares its memory with `bytes`. What a kind means depends on the direction, seen from the page.
 */
export function decodeBinaryFrame(bytes: Uint8Array, direction: Direction): Result<BinaryFrame, FrameFault> {
  if (bytes.length > MAX_FRAME_BYTES) return tooLong(bytes.length);
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

/**
 * Encodes a V2 binary frame (wire.md 1.3): for the client a push; for the server a reply, a broadcast where there is no
 * join_ref, and otherwise a push. Strict, so that it decodes to the same: nothing is cut, and a payload or ref that the
 * kind does not carry is a fault.
 */
export function encodeBinaryFrame(
  { frame, data }: BinaryFrame,
  direction: Direction,
): Result<Uint8Array, FrameFault> {
  const { ref, payload, join_ref, topic, event } = frame;
  if (direction === "in" && event === EVENT.reply) return encodeReply(frame, data);
  if (payload !== null) return failure({ reason: "no_place", field: "payload" });
  const strings = { join_ref, ref, topic, event };
  if (direction === "out") return join(KIND.push, ["join_ref", "ref", "topic", "event"], strings, data);
  // As decoded, the empty string is no ref.
  if (ref) return failure({ reason: "no_place", field: "ref" });
  if (!join_ref) return join(KIND.broadcast, ["topic", "event"], strings, data);
  return join(KIND.push, ["join_ref", "topic", "event"], strings, data);
}

function encodeReply(
  { join_ref, ref, topic, payload }: Frame,
  data: Uint8Array,
): Result<Uint8Array, FrameFault> {
  const fault = findReplyFault(payload);
  if (fault !== null) return failure(fault);
  const reply = readReply(payload);
  if (reply === null || reply.response !== null) return failure({ reason: "no_place", field: "payload" });
  const strings = { join_ref, ref, topic, status: reply.status };
  return join(KIND.reply, ["join_ref", "ref", "topic", "status"], strings, data);
}

/** Kind, the lengths of the strings, the strings, the data. */
function join(
  kind: number,
  order: readonly BinaryField[],
  strings: { readonly [field in BinaryField]?: string | null },
  data: Uint8Array,
): Result<Uint8Array, FrameFault> {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  for (const field of order) {
    const string = strings[field] ?? "";
    if (LONE_SURROGATE.test(string)) return failure({ reason: "lone_surrogate", field });
    const part = encoder.encode(string);
    if (part.length > MAX_FIELD_BYTES) {
      return failure({ reason: "too_long_field", field, bytes: part.length });
    }
    parts.push(part);
  }
  const head = [kind, ...parts.map((part) => part.length)];
  const length = parts.reduce((sum, part) => sum + part.length, head.length + data.length);
  if (length > MAX_FRAME_BYTES) return tooLong(length);
  return success(concat([Uint8Array.from(head), ...parts, data], length));
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

function tooLong(length: number) {
  return failure<FrameFault>({ reason: "too_long", length, limit: MAX_FRAME_BYTES, unit: "bytes" });
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

/** How many bytes become characters in one call: more arguments than these could exhaust the stack. */
const CHUNK_BYTES = 0x8000;

/** The base64 of bytes, with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  let binary = "";
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  }
  return btoa(binary);
}

/** The number of bytes that base64 text holds, padded or not, without decoding it: exact where it has no spaces. */
export function base64Length(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return Math.floor(((base64.length - padding) * 3) / 4);
}
