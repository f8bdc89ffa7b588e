import { assertNever } from "./assert-never";
import { MAX_JSON_DEPTH } from "./json-depth";

/** Why something that went over the wire is no frame. `found` is the JSON type of what stood there. */
export type FrameFault =
  | { readonly reason: "not_text"; readonly found: string }
  | { readonly reason: "too_deep"; readonly length: number }
  | { readonly reason: "not_json"; readonly why: string }
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
  | { readonly reason: "bad_reply"; readonly field: "payload" | "status"; readonly found: string };

/** The fault as a sentence for a person. */
export function describeFrameFault(fault: FrameFault): string {
  switch (fault.reason) {
    case "not_text":
      return `A text frame was expected, but it is ${fault.found}.`;
    case "too_deep":
      return `The frame's ${fault.length} characters nest deeper than ${MAX_JSON_DEPTH} levels, so it was not decoded.`;
    case "not_json":
      return `The frame is not JSON: ${fault.why}.`;
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
