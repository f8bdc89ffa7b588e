import { checkFrame, encodeFrame, parseFrameText } from "../../wire/codec";
import type { Frame } from "../../wire/frame";
import { describeFrameFault, nameJsonType } from "../../wire/frame-fault";
import { isJsonArray } from "../../wire/json";
import { VSN } from "../../wire/protocol";
import { failure, type Result } from "../../wire/result";
import type { Serializer } from "./serializer";

/** The V2 serializer for text frames. Directions are seen from the client: it sends `out`, it gets `in`. */
export const v2Json: Serializer = {
  vsn: VSN.v2,
  decode,
  encode: (frame) => encodeFrame(frame, "in"),
};

// Not the strict `decodeFrame`: the real server ignores elements after the fifth (wire.md 1.2).
function decode(data: string | Uint8Array): Result<Frame, string> {
  const parsed = parseFrameText(data);
  if (!parsed.ok) return failure(describeFrameFault(parsed.failure));
  if (!isJsonArray(parsed.value)) {
    return failure(describeFrameFault({ reason: "not_an_array", found: nameJsonType(parsed.value) }));
  }
  const [join_ref, ref, topic, event, payload] = parsed.value;
  const frame = checkFrame(join_ref, ref, topic, event, payload, "out");
  return frame.ok ? frame : failure(describeFrameFault(frame.failure));
}
