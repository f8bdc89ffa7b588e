import { isJsonObject, type Json, type JsonObject, ownField } from "../wire/json";
import { failure, type Result, success } from "../wire/result";
import type { SessionHeader } from "./event";
import { parseLine } from "./line";
import { SESSION_FORMAT, SESSION_VERSION, type SessionFault } from "./session-fault";

/** A page decides how long a wrong value is. */
const MAX_SHOWN = 100;

/** The header that a session's first line holds (session-format.md). Unknown fields stay on it. */
export function readHeader(line: string): Result<SessionHeader, SessionFault> {
  const parsed = parseLine(line);
  if (!parsed.ok) return failure({ reason: "header_not_json", why: parsed.failure });
  const header = parsed.value;
  if (!isJsonObject(header)) return failure({ reason: "header_not_an_object" });
  const format = ownField(header, "format");
  if (format !== SESSION_FORMAT) return failure({ reason: "other_format", found: show(format) });
  const version = ownField(header, "version");
  if (typeof version === "number" && version > SESSION_VERSION) {
    return failure({ reason: "higher_version", found: version });
  }
  if (!isHeader(header)) return failure({ reason: "bad_version", found: show(version) });
  return success(header);
}

function isHeader(header: JsonObject): header is JsonObject & SessionHeader {
  return ownField(header, "version") === SESSION_VERSION;
}

function show(value: Json | undefined): string {
  return value === undefined ? "missing" : JSON.stringify(value).slice(0, MAX_SHOWN);
}
