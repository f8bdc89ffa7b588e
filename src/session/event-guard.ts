import { isJsonObject, isStrings, type Json, type JsonObject, ownField } from "../wire/json";
import { failure, type Result, success } from "../wire/result";
import type { PagePhase, RootBaseEvent, SessionEvent, Transport } from "./event";

/** What keeps a JSON object from being an event: which field, and what it should be. */
export type EventFault = { readonly field: string; readonly expected: string };

/** Whether `object` is an event of `type` in every field that is read later. */
type Check = (object: JsonObject) => EventFault | null;

const TRANSPORTS: readonly unknown[] = ["websocket", "longpoll"] satisfies Transport[];
const PHASES: readonly unknown[] = ["load", "hide", "show", "unload"] satisfies PagePhase[];
const WIRES: readonly unknown[] = ["multiplexed", "per_root", "adapter"] satisfies RootBaseEvent["wire"][];
const STATUSES: readonly unknown[] = [
  "mounting",
  "mounted",
  "refused",
  "unmounted",
  "lost",
] satisfies RootBaseEvent["status"][];

type Field = readonly [name: string, expected: string, accepts: (value: Json | undefined) => boolean];

const socket: Field = ["socket", "a whole number", isCount];
const optionalSocket: Field = ["socket", "a whole number", (value) => value === undefined || isCount(value)];
const text = (name: string): Field => [name, "a string", isString];
const optionalText = (name: string): Field => [
  name,
  "a string",
  (value) => value === undefined || isString(value),
];
const count = (name: string): Field => [name, "a whole number", isCount];
const protocols: Field = [
  "protocols",
  "a list of strings",
  (value) => value === undefined || isStrings(value),
];
const oneOf = (name: string, values: readonly unknown[]): Field => [
  name,
  `one of ${values.join(", ")}`,
  (value) => values.includes(value),
];
const orNull = (name: string): Field => [
  name,
  "a string or null",
  (value) => value === null || isString(value),
];

const checkFrame: Check = (object) =>
  firstFault(object, [socket]) ??
  (isString(ownField(object, "text")) || isString(ownField(object, "base64"))
    ? null
    : { field: "text", expected: "a string, or base64 instead of it" });

const ROOT_BASE: readonly Field[] = [
  text("root_id"),
  text("module"),
  text("id"),
  oneOf("wire", WIRES),
  oneOf("status", STATUSES),
  count("epoch"),
  count("version"),
  ["state", "a value", (value) => value !== undefined],
];

const CHANNEL_BASE: readonly Field[] = [
  ["presence", "an object or null", (value) => value === null || isJsonObject(value)],
];

const checkBase: Check = (object) =>
  firstFault(object, [socket, text("topic"), orNull("join_ref")]) ??
  firstFault(object, Object.hasOwn(object, "root_id") ? ROOT_BASE : CHANNEL_BASE);

const CHECKS: ReadonlyMap<string, Check> = new Map<string, Check>([
  ["socket", fields(socket, text("url"), oneOf("transport", TRANSPORTS), optionalText("frame"), protocols)],
  ["open", fields(socket)],
  ["out", checkFrame],
  ["in", checkFrame],
  ["error", fields(socket)],
  ["close", fields(socket, count("code"), text("reason"), ["clean", "true or false", isBoolean])],
  ["page", fields(oneOf("phase", PHASES), text("url"))],
  ["gap", fields(optionalSocket, count("events"), count("bytes"), text("why"))],
  ["base", checkBase],
  ["mark", fields(text("text"))],
]);

/** The types of events that this version knows. */
type KnownEvent = Exclude<SessionEvent, { type: "unknown" | "broken" }>;

/**
 * The event that a line's object is. Unknown fields stay on it; an unknown `type` gives an `unknown` event that holds
 * the object as it stood.
 *
 * @param before the time of the event before, for an unknown event that has none
 */
export function readEvent(object: JsonObject, before: number): Result<SessionEvent, EventFault> {
  const type = ownField(object, "type");
  const t = ownField(object, "t");
  if (typeof type !== "string") return failure({ field: "type", expected: "a string" });
  const check = CHECKS.get(type);
  if (check === undefined) return success({ type: "unknown", t: isTime(t) ? t : before, raw: object });
  const fault = check(object);
  if (fault !== null) return failure(fault);
  return isKnownEvent(object)
    ? success(object)
    : failure({ field: "t", expected: "a number of milliseconds" });
}

/** To be asked only of an object that passed the check of its type. */
function isKnownEvent(object: JsonObject): object is JsonObject & KnownEvent {
  return isTime(ownField(object, "t"));
}

function fields(...list: readonly Field[]): Check {
  return (object) => firstFault(object, list);
}

function firstFault(object: JsonObject, list: readonly Field[]): EventFault | null {
  for (const [field, expected, accepts] of list) {
    if (!accepts(ownField(object, field))) return { field, expected };
  }
  return null;
}

function isString(value: Json | undefined): boolean {
  return typeof value === "string";
}

function isBoolean(value: Json | undefined): boolean {
  return typeof value === "boolean";
}

function isCount(value: Json | undefined): boolean {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isTime(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isFinite(value);
}
