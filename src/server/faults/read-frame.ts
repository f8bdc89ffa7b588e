import { checkFrame, encodeFrame, parseFrameText } from "../../wire/codec";
import { decodeBinaryFrame } from "../../wire/codec-binary";
import { decodeFrameV1, encodeFrameV1 } from "../../wire/codec-v1";
import type { Direction, Frame } from "../../wire/frame";
import { isJsonArray } from "../../wire/json";
import { VSN } from "../../wire/protocol";

/** A frame as it is on the wire, and what it says. The payload of a binary one is null. */
export type WireFrame = { readonly vsn: typeof VSN.v1 | typeof VSN.v2; readonly frame: Frame };

/** The frame in what one transport message carries, V1 or V2, text or binary; null where it is none. Never throws. */
export function readWireFrame(data: string | Uint8Array, direction: Direction): WireFrame | null {
  if (typeof data !== "string") {
    const decoded = decodeBinaryFrame(data, direction);
    return decoded.ok ? { vsn: VSN.v2, frame: decoded.value.frame } : null;
  }
  if (!data.trimStart().startsWith("[")) {
    const decoded = decodeFrameV1(data, direction);
    return decoded.ok ? { vsn: VSN.v1, frame: decoded.value } : null;
  }
  const parsed = parseFrameText(data);
  if (!parsed.ok || !isJsonArray(parsed.value)) return null;
  // A server ignores elements after the fifth (wire.md 1.2).
  const [join_ref, ref, topic, event, payload] = parsed.value;
  const frame = checkFrame(join_ref, ref, topic, event, payload, direction);
  return frame.ok ? { vsn: VSN.v2, frame: frame.value } : null;
}

/** The text of a frame for the client, in the version that its connection speaks. */
export function encodeForClient({ vsn, frame }: WireFrame): string {
  return vsn === VSN.v1 ? encodeFrameV1(frame, "in") : encodeFrame(frame, "in");
}
