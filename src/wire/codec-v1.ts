import { checkFrame, parseFrameText } from "./codec";
import type { Direction, Frame } from "./frame";
import { type FrameFault, nameJsonType } from "./frame-fault";
import { isJsonObject, ownField } from "./json";
import { failure, type Result } from "./result";

/**
 * Decodes a V1 text frame (wire.md 1.2): an object with topic, event, payload and ref. A client may add a join_ref;
 * the server never sends one, so that an absent join_ref is null.
 */
export function decodeFrameV1(data: unknown, direction: Direction): Result<Frame, FrameFault> {
  const parsed = parseFrameText(data);
  if (!parsed.ok) return parsed;
  const fields = parsed.value;
  if (!isJsonObject(fields)) return failure({ reason: "not_an_object", found: nameJsonType(fields) });
  const join_ref = ownField(fields, "join_ref") ?? null;
  const ref = ownField(fields, "ref") ?? null;
  const [topic, event, payload] = [
    ownField(fields, "topic"),
    ownField(fields, "event"),
    ownField(fields, "payload"),
  ];
  return checkFrame(join_ref, ref, topic, event, payload, direction);
}

/** The V1 text of a frame. Only a client's frames carry a join_ref. */
export function encodeFrameV1({ join_ref, ...fields }: Frame, direction: Direction): string {
  return JSON.stringify(direction === "out" && join_ref !== null ? { ...fields, join_ref } : fields);
}
