import { assertNever } from "../wire/assert-never";

export const SESSION_FORMAT = "musubi-devtools-session";
export const SESSION_VERSION = 1;

/** Why a text is no session at all. Everything after the header loads, whatever stands in it. */
export type SessionFault =
  | { readonly reason: "empty" }
  | { readonly reason: "header_not_json"; readonly why: string }
  | { readonly reason: "header_not_an_object" }
  | { readonly reason: "other_format"; readonly found: string }
  | { readonly reason: "higher_version"; readonly found: number }
  | { readonly reason: "bad_version"; readonly found: string };

/** The fault as a sentence for a person; it always names the line. */
export function describeSessionFault(fault: SessionFault): string {
  switch (fault.reason) {
    case "empty":
      return `line 1: the file is empty; a session begins with a header of format "${SESSION_FORMAT}"`;
    case "header_not_json":
      return `line 1: the header is not JSON: ${fault.why}`;
    case "header_not_an_object":
      return `line 1: the header is not an object with the format "${SESSION_FORMAT}"`;
    case "other_format":
      return `line 1: the format is ${fault.found}, but a session has the format "${SESSION_FORMAT}"`;
    case "higher_version":
      return `line 1: the session has version ${fault.found}, but this program reads version ${SESSION_VERSION}; update it to open this file`;
    case "bad_version":
      return `line 1: the session's version is ${fault.found}, but this program reads version ${SESSION_VERSION}`;
    default:
      return assertNever(fault);
  }
}
