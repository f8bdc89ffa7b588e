import { assertNever } from "../../wire/assert-never";
import type { PointerFault } from "../../wire/json-pointer";

/** Which operation of a patch failed, counted from 0, and why. */
export type PatchFault = { readonly index: number; readonly fault: OpFault };

export type OpFault =
  | { readonly reason: "not_an_op" }
  | { readonly reason: "unknown_op"; readonly op: string }
  | { readonly reason: "no_path" }
  | { readonly reason: "no_value"; readonly path: string }
  | { readonly reason: "bad_pointer"; readonly path: string; readonly why: PointerFault }
  | { readonly reason: "root_op"; readonly op: string }
  | { readonly reason: "no_such_path"; readonly path: string }
  | { readonly reason: "bad_index"; readonly path: string }
  | { readonly reason: "out_of_range"; readonly path: string; readonly length: number };

/** A page decides how long a path is. */
const MAX_SHOWN = 200;

/** The fault as a sentence for a person. */
export function describePatchFault({ index, fault }: PatchFault): string {
  return `Operation ${index + 1} failed: ${describe(fault)}.`;
}

function describe(fault: OpFault): string {
  switch (fault.reason) {
    case "not_an_op":
      return "it is not an object";
    case "unknown_op":
      return `"${cut(fault.op)}" is none of add, remove, replace`;
    case "no_path":
      return "it has no path";
    case "no_value":
      return `it has no value for ${show(fault.path)}`;
    case "bad_pointer":
      return `${show(fault.path)} is no JSON Pointer: ${describePointer(fault.why)}`;
    case "root_op":
      return `only replace may be applied to the whole state, not ${fault.op}`;
    case "no_such_path":
      return `there is nothing at ${show(fault.path)} in the state`;
    case "bad_index":
      return `${show(fault.path)} leads into an array, but does not end in an index`;
    case "out_of_range":
      return `${show(fault.path)} leads past the end of an array of ${fault.length}`;
    default:
      return assertNever(fault);
  }
}

function describePointer(fault: PointerFault): string {
  switch (fault.reason) {
    case "no_leading_slash":
      return "it does not begin with a slash";
    case "bad_escape":
      return "a ~ in it is followed by neither 0 nor 1";
    case "too_long":
      return `it has ${fault.tokens} steps`;
    default:
      return assertNever(fault);
  }
}

function show(path: string): string {
  return `"${cut(path)}"`;
}

function cut(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}...` : text;
}
