import { assertNever } from "./assert-never";
import { describeTextFault, type TextFault } from "./text-fault";

/** A place in `messages`, counted from 0, where no text stands. */
export type MessageFault = { readonly reason: "bad_message"; readonly at: number; readonly found: string };

/** Why the body of a long poll's request or answer could not be read or made (wire.md 1.6). */
export type PollFault =
  | TextFault
  | MessageFault
  | {
      readonly reason: "bad_field";
      readonly field: "body" | "status" | "token" | "messages";
      readonly found: string;
    }
  | { readonly reason: "unknown_content_type"; readonly found: string | null }
  | { readonly reason: "too_many_lines"; readonly limit: number }
  /** A frame, counted from 0, that has no line of its own. */
  | { readonly reason: "bad_line"; readonly at: number };

const EXPECTED = {
  body: "an object",
  status: "a whole number",
  token: "a string",
  messages: "an array",
} as const;

/** A page decides how long a wrong content type is. */
const MAX_SHOWN = 100;

/** The fault as a sentence for a person. */
export function describePollFault(fault: PollFault): string {
  switch (fault.reason) {
    case "not_text":
    case "too_long":
    case "too_deep":
    case "not_json":
      return describeTextFault(fault, "long poll's body");
    case "bad_message":
      return `Message ${fault.at} of the long poll should be a string, but it is ${fault.found}.`;
    case "bad_field":
      return `The long poll's ${fault.field} should be ${EXPECTED[fault.field]}, but it is ${fault.found}.`;
    case "unknown_content_type":
      return fault.found === null
        ? "The post has no content type, so its frames cannot be told."
        : `The post is ${JSON.stringify(fault.found.slice(0, MAX_SHOWN))}, which is no content type of frames.`;
    case "too_many_lines":
      return `The post has more than ${fault.limit} frames.`;
    case "bad_line":
      return `Frame ${fault.at} of the post cannot stand in a line of its own.`;
    default:
      return assertNever(fault);
  }
}
