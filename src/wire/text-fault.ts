import { assertNever } from "./assert-never";
import { MAX_JSON_DEPTH } from "./json-depth";

/** Why something is no JSON text that can be worked with. `found` is the type of what stood there. */
export type TextFault =
  | { readonly reason: "not_text"; readonly found: string }
  | TooLong
  | { readonly reason: "too_deep"; readonly length: number }
  | { readonly reason: "not_json"; readonly why: string };

/** Longer than a named cap allows: nothing of it was looked at. */
type TooLong = {
  readonly reason: "too_long";
  readonly length: number;
  readonly limit: number;
  readonly unit: "bytes" | "characters";
};

/** The fault of a `frame`, or whatever else the text should be, as a sentence for a person. */
export function describeTextFault(fault: TextFault, what: string): string {
  switch (fault.reason) {
    case "not_text":
      return `A text ${what} was expected, but it is ${fault.found}.`;
    case "too_long":
      return `The ${what} has ${fault.length} ${fault.unit}, more than ${fault.limit}, so it was not decoded.`;
    case "too_deep":
      return `The ${what}'s ${fault.length} characters nest deeper than ${MAX_JSON_DEPTH} levels, so it was not decoded.`;
    case "not_json":
      return `The ${what} is not JSON: ${fault.why}.`;
    default:
      return assertNever(fault);
  }
}
