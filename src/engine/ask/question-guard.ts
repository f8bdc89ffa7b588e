import { isJsonObject, isStrings, type Json, type JsonObject, ownField } from "../../wire/json";
import { parsePointer } from "../../wire/json-pointer";
import { failure, type Result, success } from "../../wire/result";
import type { TimelineKind } from "../fold/timeline-entry";
import type { Question, QuestionKind } from "./question";

/** Why something is no question. `message` is a sentence for a person. */
export type QuestionFault = { readonly reason: "bad_question"; readonly message: string };

type Field = readonly [name: string, expected: string, accepts: (value: Json | undefined) => boolean];

const isText = (value: Json | undefined): boolean => typeof value === "string";
const isCount = (value: Json | undefined): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
const optional =
  (accepts: (value: Json | undefined) => boolean) =>
  (value: Json | undefined): boolean =>
    value === undefined || accepts(value);

const text = (name: string): Field => [name, "a string", isText];
const seq = (name: string): Field => [name, "the number of an event", isCount];
const optionalSeq = (name: string): Field => [name, "the number of an event, or absent", optional(isCount)];
const optionalText = (name: string): Field => [name, "a string, or absent", optional(isText)];
const optionalCount = (name: string): Field => [name, "a whole number, or absent", optional(isCount)];
const version = (name: string): Field => [name, 'a version such as {"epoch": 1, "version": 7}', isVersion];
const windowFrom: Field = [
  "from",
  'a whole number, "end", or absent',
  optional((value) => isCount(value) || value === "end"),
];
const store: Field = ["store_id", "an array of strings", (value) => isStrings(value)];
const root: Field = ["root", 'an object with a root_id, such as {"root_id": "Shop.Cart:c1"}', isRootName];
const optionalRoot: Field = ["root", "an object with a root_id, or absent", optional(isRootName)];
const target: Field = [
  "target",
  'an object whose what is "field", "stream" or "assign", with a store_id and as path a JSON Pointer such as /total',
  isTarget,
];
const query: Field = [
  "query",
  '{"kind": "text", "text": "..."} or {"kind": "regex", "source": "..."}',
  isTextQuery,
];

const TIMELINE_KINDS: readonly TimelineKind[] = [
  ...(["transport", "channel", "mount", "envelope", "command", "reply", "event", "upload"] as const),
  ...(["presence", "problem", "push", "heartbeat", "page", "gap", "base", "mark", "assigns"] as const),
  "unknown",
];

const FIELDS: { readonly [Kind in QuestionKind]: readonly Field[] } = {
  inspect: [optionalSeq("seq")],
  timeline: [
    ["kinds", `some of ${TIMELINE_KINDS.join(", ")}, or absent`, optional(isKinds)],
    ...[optionalRoot, optionalText("text"), optionalText("regex")],
    ["store_id", "an array of strings, or absent", optional((value) => isStrings(value))],
    ...[optionalSeq("from_seq"), optionalSeq("to_seq"), windowFrom, optionalCount("count")],
  ],
  store: [root, store, optionalSeq("seq")],
  stream: [root, store, text("name"), optionalSeq("seq")],
  upload: [root, store, text("name"), optionalSeq("seq")],
  assigns: [root, store, optionalSeq("seq")],
  changes: [
    ...[root, store, optionalSeq("from_seq"), optionalSeq("to_seq")],
    ...[windowFrom, optionalCount("count")],
  ],
  changes_between: [root, store, version("from"), version("to")],
  diff_versions: [root, version("from"), version("to")],
  diff: [root, seq("from_seq"), optionalSeq("to_seq")],
  compare: [root, seq("from_seq"), optionalSeq("to_seq")],
  history: [root, target, optionalSeq("seq"), optionalCount("count")],
  blame: [root, target, optionalSeq("seq")],
  search: [query, optionalRoot, optionalSeq("seq")],
  totals: [root],
};

/** The question that a JSON value is, or a sentence on what keeps it from being one. */
export function readQuestion(value: Json): Result<Question, QuestionFault> {
  if (!isJsonObject(value)) return bad("A question is an object with a kind.");
  const kind = ownField(value, "kind");
  if (!isKind(kind)) {
    return bad(`There is no question of kind ${show(kind)}; there are ${Object.keys(FIELDS).join(", ")}.`);
  }
  for (const [name, expected, accepts] of FIELDS[kind]) {
    if (!accepts(ownField(value, name))) {
      return bad(`The ${name} of a question of kind ${kind} should be ${expected}.`);
    }
  }
  return success(toQuestion(value));
}

function isKind(kind: Json | undefined): kind is QuestionKind {
  return typeof kind === "string" && Object.hasOwn(FIELDS, kind);
}

/** To be asked only of an object whose fields passed. */
function toQuestion(value: JsonObject): Question {
  return value as Question;
}

function isRootName(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  return (
    isText(ownField(value, "root_id")) &&
    optional(isCount)(ownField(value, "connection")) &&
    optional(isText)(ownField(value, "topic"))
  );
}

function isKinds(value: Json | undefined): boolean {
  const known: readonly string[] = TIMELINE_KINDS;
  return isStrings(value) && value.every((kind) => known.includes(kind));
}

function isVersion(value: Json | undefined): boolean {
  return isJsonObject(value) && isCount(ownField(value, "epoch")) && isCount(ownField(value, "version"));
}

function isTarget(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  const has = (...names: readonly string[]): boolean => names.every((name) => isText(ownField(value, name)));
  const path = ownField(value, "path");
  if (!isStrings(ownField(value, "store_id")) || typeof path !== "string" || !parsePointer(path).ok)
    return false;
  switch (ownField(value, "what")) {
    case "field":
      return true;
    case "assign":
      return has("name");
    case "stream":
      return has("name", "item_key");
    default:
      return false;
  }
}

function isTextQuery(value: Json | undefined): boolean {
  if (!isJsonObject(value)) return false;
  const kind = ownField(value, "kind");
  if (kind === "text") return isText(ownField(value, "text"));
  return kind === "regex" && isText(ownField(value, "source"));
}

function show(value: Json | undefined): string {
  return value === undefined ? "nothing" : JSON.stringify(value).slice(0, MAX_SHOWN);
}

const MAX_SHOWN = 100;

function bad(message: string): Result<never, QuestionFault> {
  return failure({ reason: "bad_question", message });
}
