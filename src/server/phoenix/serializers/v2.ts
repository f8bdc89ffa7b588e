import { checkFrame, encodeFrame, parseFrameText } from "../../../wire/codec";
import { type BinaryFrame, decodeBinaryFrame, encodeBinaryFrame } from "../../../wire/codec-binary";
import { describeFrameFault, nameJsonType } from "../../../wire/frame-fault";
import { isJsonArray } from "../../../wire/json";
import { EVENT, VSN } from "../../../wire/protocol";
import { failure, type Result, success } from "../../../wire/result";
import type { Message, OutgoingMessage } from "../message";
import { isBytes } from "../payload";
import { carriedBy, encodeText, nameOf, toMessage } from "./json-frame";
import type { Serializer } from "./serializer";

/** The V2 serializer: arrays of five (wire.md 1.2), and binary frames for payloads that are bytes (1.3). */
export const v2: Serializer = {
  vsn: VSN.v2,
  decode: (data) => (typeof data === "string" ? decodeText(data) : decodeBytes(data)),
  encode: (message) => {
    const carried = carriedBy(message);
    if (!isBytes(carried)) return encodeText(message, (frame) => encodeFrame(frame, "in"));
    const encoded = encodeBinaryFrame(toBinaryFrame(message, carried), "in");
    if (encoded.ok) return encoded;
    return failure(`${nameOf(message)} has no binary frame. ${describeFrameFault(encoded.failure)}`);
  },
};

// Not the strict `decodeFrame`: the real server ignores elements after the fifth (wire.md 1.2).
function decodeText(text: string): Result<Message, string> {
  const parsed = parseFrameText(text);
  if (!parsed.ok) return failure(describeFrameFault(parsed.failure));
  if (!isJsonArray(parsed.value)) {
    return failure(describeFrameFault({ reason: "not_an_array", found: nameJsonType(parsed.value) }));
  }
  const [join_ref, ref, topic, event, payload] = parsed.value;
  const frame = checkFrame(join_ref, ref, topic, event, payload, "out");
  return frame.ok ? toMessage(frame.value) : failure(describeFrameFault(frame.failure));
}

function decodeBytes(bytes: Uint8Array): Result<Message, string> {
  const decoded = decodeBinaryFrame(bytes, "out");
  if (!decoded.ok) return failure(describeFrameFault(decoded.failure));
  const { frame, data } = decoded.value;
  return success({
    joinRef: frame.join_ref,
    ref: frame.ref,
    topic: frame.topic,
    event: frame.event,
    payload: data,
  });
}

function toBinaryFrame(message: OutgoingMessage, data: Uint8Array): BinaryFrame {
  const { topic } = message;
  if (message.kind === "broadcast") {
    return { frame: { join_ref: null, ref: null, topic, event: message.event, payload: null }, data };
  }
  const { joinRef: join_ref, ref } = message;
  if (message.kind === "push") {
    return { frame: { join_ref, ref, topic, event: message.event, payload: null }, data };
  }
  const payload = { status: message.status, response: null };
  return { frame: { join_ref, ref, topic, event: EVENT.reply, payload }, data };
}
