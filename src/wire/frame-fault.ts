import { assertNever } from "./assert-never";
import { describeTextFault, type TextFault } from "./text-fault";

/** Why something that went over the wire is no frame. `found` is the JSON type of what stood there. */
export type FrameFault =
  | TextFault
  | { readonly reason: "not_an_array"; readonly found: string }
  | { readonly reason: "not_an_object"; readonly found: string }
  | { readonly reason: "too_few_elements"; readonly count: number }
  | { readonly reason: "too_many_elements"; readonly count: number }
  | {
      readonly reason: "bad_field";
      readonly field: "join_ref" | "ref" | "topic" | "event";
      readonly found: string;
    }
  | { readonly reason: "missing_field"; readonly field: "topic" | "event" | "payload" }
  | { readonly reason: "truncated"; readonly length: number; readonly needed: number }
  | { readonly reason: "unknown_kind"; readonly kind: number }
  | { readonly reason: "bad_utf8"; readonly at: number }
  | { readonly reason: "bad_base64" }
  | { readonly reason: "bad_reply"; readonly field: "payload" | "status"; readonly found: string }
  | EncodeFault;

/** The strings whose lengths a binary frame tells in a byte each (wire.md 1.3). */
export type BinaryField = "join_ref" | "ref" | "topic" | "event" | "status";

/** What one byte can tell. */
export const MAX_FIELD_BYTES = 255;

/** Why a frame has no binary form that decodes to the same. */
type EncodeFault =
  | { readonly reason: "too_long_field"; readonly field: BinaryField; readonly bytes: number }
  | { readonly reason: "lone_surrogate"; readonly field: BinaryField }
  | { readonly reason: "no_place"; readonly field: "ref" | "payload" };

/** The fault as a sentence for a person. */
export function describeFrameFault(fault: FrameFault): string {
  switch (fault.reason) {
    case "not_text":
    case "too_long":
    case "too_deep":
    case "not_json":
      return describeTextFault(fault, "frame");
    case "not_an_array":
      return `A V2 frame is an array of five elements, but this one is ${fault.found}.`;
    case "not_an_object":
      return `A V1 frame is an object, but this one is ${fault.found}.`;
    case "too_few_elements":
    case "too_many_elements":
      return `A V2 frame is an array of five elements, but this one has ${fault.count}.`;
    case "bad_field":
      return `The frame's ${fault.field} should be ${expectedOf(fault.field)}, but it is ${fault.found}.`;
    case "missing_field":
      return `The frame has no ${fault.field}.`;
    case "truncated":
      return `The binary frame is cut: it has ${fault.length} bytes, but its lengths need ${fault.needed}.`;
    case "unknown_kind":
      return `The binary frame is of kind ${fault.kind}, which does not exist in its direction.`;
    case "bad_utf8":
      return `The binary frame's string at byte ${fault.at} is not UTF-8.`;
    case "bad_base64":
      return "The binary frame is not recorded in base64.";
    case "bad_reply":
      return fault.field === "payload"
        ? `A reply's payload should be an object with a status, but it is ${fault.found}.`
        : `A reply's status should be a string, but it is ${fault.found}.`;
    case "too_long_field":
      return `The frame's ${fault.field} has ${fault.bytes} bytes, and a binary frame has room for ${MAX_FIELD_BYTES}.`;
    case "lone_surrogate":
      return `The frame's ${fault.field} has half of a surrogate pair, which UTF-8 cannot hold.`;
    case "no_place":
      return `A binary frame of this kind has no place for the frame's ${fault.field}.`;
    default:
      return assertNever(fault);
  }
}

function expectedOf(field: "join_ref" | "ref" | "topic" | "event"): string {
  return field === "topic" || field === "event" ? "a string" : "a string or null";
}

/** What `value` is, in words: `null`, `an array`, `a number`, ... */
export function nameJsonType(value: unknown): string {
  if (value === null) return "null";
  if (value === undefined) return "missing";
  if (Array.isArray(value)) return "an array";
  if (typeof value === "object") return value instanceof ArrayBuffer ? "binary" : "an object";
  return `a ${typeof value}`;
}
