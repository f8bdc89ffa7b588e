import { type Direction, type Frame, MAX_FRAME_CHARS } from "./frame";
import { type FrameFault, nameJsonType } from "./frame-fault";
import { isJsonArray, isJsonObject, type Json, ownField } from "./json";
import { parseJsonText } from "./json-text";
import { EVENT } from "./protocol";
import { failure, type Result, success } from "./result";

const ELEMENTS = 5;

/**
 * Decodes a V2 text frame (wire.md 1.2), strictly: exactly five elements of the right types, and in a reply that came
 * `in` a payload with a status.
 *
 * @param data what the transport carried; anything but a string is a fault
 * @param direction seen from the page
 */
export function decodeFrame(data: unknown, direction: Direction): Result<Frame, FrameFault> {
  const parsed = parseFrameText(data);
  if (!parsed.ok) return parsed;
  const elements = parsed.value;
  if (!isJsonArray(elements)) {
    return failure({ reason: "not_an_array", found: nameJsonType(elements) });
  }
  if (elements.length < ELEMENTS) return failure({ reason: "too_few_elements", count: elements.length });
  if (elements.length > ELEMENTS) return failure({ reason: "too_many_elements", count: elements.length });
  // Read by place: taking an array apart costs as much as all the checks.
  return checkFrame(elements[0], elements[1], elements[2], elements[3], elements[4], direction);
}

/** The V2 text of a frame; the same for both directions, which the name keeps apart for serializers that differ. */
export function encodeFrame(frame: Frame, _direction: Direction): string {
  return JSON.stringify([frame.join_ref, frame.ref, frame.topic, frame.event, frame.payload]);
}

/** The JSON value of a frame's text. Never throws, and parses nothing that is too long or too deep to be walked. */
export function parseFrameText(data: unknown): Result<Json, FrameFault> {
  return parseJsonText(data, MAX_FRAME_CHARS);
}

/** Checks the five fields, whatever serializer they came from. */
export function checkFrame(
  join_ref: Json | undefined,
  ref: Json | undefined,
  topic: Json | undefined,
  event: Json | undefined,
  payload: Json | undefined,
  direction: Direction,
): Result<Frame, FrameFault> {
  if (typeof join_ref !== "string" && join_ref !== null) return badField("join_ref", join_ref);
  if (typeof ref !== "string" && ref !== null) return badField("ref", ref);
  if (typeof topic !== "string") return badField("topic", topic);
  if (typeof event !== "string") return badField("event", event);
  if (payload === undefined) return failure({ reason: "missing_field", field: "payload" });
  if (event === EVENT.reply && direction === "in") {
    const fault = findReplyFault(payload);
    if (fault !== null) return failure(fault);
  }
  return success({ join_ref, ref, topic, event, payload });
}

function badField(field: "join_ref" | "ref" | "topic" | "event", value: Json | undefined) {
  return failure<FrameFault>({ reason: "bad_field", field, found: nameJsonType(value) });
}

/** What keeps a payload from being a reply's; null where it is one. */
export function findReplyFault(payload: Json): FrameFault | null {
  if (!isJsonObject(payload)) return { reason: "bad_reply", field: "payload", found: nameJsonType(payload) };
  const status = ownField(payload, "status");
  if (typeof status === "string") return null;
  return { reason: "bad_reply", field: "status", found: nameJsonType(status) };
}
