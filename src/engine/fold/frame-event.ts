import type { FrameEvent } from "../../session/event";
import { decodeFrame } from "../../wire/codec";
import { decodeBase64, decodeBinaryFrame } from "../../wire/codec-binary";
import { decodeFrameV1 } from "../../wire/codec-v1";
import type { Frame } from "../../wire/frame";
import { describeFrameFault, type FrameFault } from "../../wire/frame-fault";
import { failure, type Result, success } from "../../wire/result";
import { type FoldState, report } from "./fold-state";
import { isFull } from "./full";
import { foldIncoming } from "./incoming";
import { notePush } from "./note";
import { foldOutgoing } from "./outgoing";

/** Folds one frame. Returns its message; null where it does not decode, which is reported. */
export function foldFrame(fold: FoldState, event: FrameEvent): Frame | null {
  const transport = fold.transports.get(event.socket);
  fold.data_bytes = 0;
  fold.size = "text" in event ? event.text.length : event.base64.length;
  const frame = decode(fold, event);
  if (frame === null) return null;
  if (transport === undefined) {
    notePush(fold, event.type, frame, null);
    reportStranger(fold, event.socket);
  } else if (event.type === "out")
    foldOutgoing(fold, transport, frame, event.by === "devtools" ? "devtools" : "page");
  else foldIncoming(fold, transport, frame);
  return frame;
}

function decode(fold: FoldState, event: FrameEvent): Frame | null {
  const decoded = decodeFrameEvent(fold, event);
  if (decoded.ok) return decoded.value;
  const what = `${event.type === "out" ? "The page" : "The server"} sent a frame on socket ${event.socket}`;
  fold.timeline.add({ seq: fold.seq, kind: "unknown", what: "frame" });
  report(fold, "bad_frame", `${what} that could not be read. ${describeFrameFault(decoded.failure)}`);
  return null;
}

/** The message of a frame, by the serializer of its socket. What is binary in it shows as null. */
export function decodeFrameEvent(fold: FoldState, event: FrameEvent): Result<Frame, FrameFault> {
  const isV1 = fold.transports.get(event.socket)?.is_v1 ?? false;
  if ("text" in event) {
    return isV1 ? decodeFrameV1(event.text, event.type) : decodeFrame(event.text, event.type);
  }
  const bytes = decodeBase64(event.base64);
  if (bytes === null) return failure({ reason: "bad_base64" });
  const decoded = decodeBinaryFrame(bytes, event.type);
  if (!decoded.ok) return decoded;
  fold.data_bytes = decoded.value.data.length;
  return success(decoded.value.frame);
}

/** Told once a socket: its frames stay visible, but nothing is known of the connection that they belong to. */
function reportStranger(fold: FoldState, socket: number): void {
  if (fold.strangers.has(socket)) return;
  // One that is not followed for want of room has been told of.
  if (fold.told.has("transports") || fold.told.has("connections")) return;
  if (isFull(fold, fold.told, "strangers", fold.strangers.size)) return;
  fold.strangers.add(socket);
  report(
    fold,
    "unknown_socket",
    `Frames came on socket ${socket}, whose opening was not seen. They are listed, but not rebuilt.`,
  );
}
