import type { Frame } from "../../../wire/frame";
import type { Json } from "../../../wire/json";
import { EVENT } from "../../../wire/protocol";
import { failure, type Result, success } from "../../../wire/result";
import { showValue } from "../../show-value";
import type { Message, OutgoingMessage } from "../message";
import { isBytes, isObjectPayload, type Payload } from "../payload";

/** A client's text frame as what it says. */
export function toMessage({ join_ref, ref, topic, event, payload }: Frame): Result<Message, never> {
  return success({ joinRef: join_ref, ref, topic, event, payload });
}

/** What `message` carries: bytes need a binary frame. */
export function carriedBy(message: OutgoingMessage): Payload {
  return message.kind === "reply" ? message.response : message.payload;
}

/** The types of what JSON leaves out. */
const NOT_JSON: readonly string[] = ["undefined", "function", "symbol"];

/** The text of a message; a failure where it carries bytes, or what is no JSON in spite of its type. */
export function encodeText(
  message: OutgoingMessage,
  encode: (frame: Frame) => string,
): Result<string, string> {
  const carried = carriedBy(message);
  if (isBytes(carried)) return failure(`${nameOf(message)} is binary, which this serializer cannot send.`);
  if (message.kind !== "reply" && !isObjectPayload(carried)) {
    return failure(`${nameOf(message)} must carry an object, but it carries ${showValue(carried)}.`);
  }
  // Only code without types can have put there what JSON leaves out, a cycle or a BigInt.
  if (NOT_JSON.includes(typeof carried)) return failure(`${nameOf(message)} carries ${showValue(carried)}.`);
  try {
    return success(encode(toFrame(message, carried)));
  } catch (error) {
    return failure(
      `${nameOf(message)} is not JSON: ${error instanceof Error ? error.message : String(error)}.`,
    );
  }
}

function toFrame(message: OutgoingMessage, carried: Json): Frame {
  const { topic } = message;
  if (message.kind === "broadcast") {
    return { join_ref: null, ref: null, topic, event: message.event, payload: carried };
  }
  const { joinRef: join_ref, ref } = message;
  if (message.kind === "push") return { join_ref, ref, topic, event: message.event, payload: carried };
  const payload = { status: message.status, response: carried };
  return { join_ref, ref, topic, event: EVENT.reply, payload };
}

/** The message in words, for a person. */
export function nameOf(message: OutgoingMessage): string {
  return message.kind === "reply"
    ? `The reply on "${message.topic}"`
    : `The ${message.kind} "${message.event}" on "${message.topic}"`;
}
