import { decodeFrameV1, encodeFrameV1 } from "../../../wire/codec-v1";
import { describeFrameFault } from "../../../wire/frame-fault";
import { VSN } from "../../../wire/protocol";
import { failure } from "../../../wire/result";
import { encodeText, toMessage } from "./json-frame";
import type { Serializer } from "./serializer";

/** The V1 serializer: objects, without join_refs from the server, and without a binary form (wire.md 1.2). */
export const v1Json: Serializer = {
  vsn: VSN.v1,
  decode: (data) => {
    const frame = decodeFrameV1(data, "out");
    return frame.ok ? toMessage(frame.value) : failure(describeFrameFault(frame.failure));
  },
  encode: (message) => encodeText(message, (frame) => encodeFrameV1(frame, "in")),
};
