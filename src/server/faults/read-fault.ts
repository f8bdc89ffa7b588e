import { MAX_FRAME_BYTES } from "../../wire/frame";
import { isJsonObject, type Json, ownField } from "../../wire/json";
import { EVENT } from "../../wire/protocol";
import { failure, type Result, success } from "../../wire/result";
import { showWrongValue } from "../../wire/wrong-value";
import type { EnvelopeMatch, Fault, FaultStart, JoinMatch, PushMatch } from "./fault";
import {
  check,
  type FieldCheck,
  findWrongField,
  objectOf,
  oneOf,
  optional,
  wholeNumber,
} from "./field-check";
import type { FrameMatch } from "./frame-match";

/** Longer than anybody waits: an hour, in ms. */
const MAX_MS = 3_600_000;
const MAX_COUNT = 1_000_000;
const MAX_COPIES = 1_000;
const MAX_REORDERED = 1_000;

const text = check("a string", (value) => typeof value === "string");
const flag = check("true or false", (value) => typeof value === "boolean");
const milliseconds = wholeNumber(0, MAX_MS);
const length = wholeNumber(0, MAX_FRAME_BYTES);
const direction = oneOf("in", "out");
const topic = check(
  "a topic, or the beginning of one and a star",
  (value) => typeof value === "string" && !value.slice(0, -1).includes("*"),
);
const count = check(
  `a whole number from 1 to ${MAX_COUNT}, or "every"`,
  (value) => value === "every" || wholeNumber(1, MAX_COUNT)(value) === null,
);
// What may go over the wire (RFC 6455, 7.4), and 1006, which stands for a broken network.
const code = check(
  "a close code from 1000 to 1014 without 1004 and 1005, or from 3000 to 4999",
  (value) =>
    typeof value === "number" &&
    Number.isInteger(value) &&
    ((value >= 1000 && value <= 1014 && value !== 1004 && value !== 1005) ||
      (value >= 3000 && value <= 4999)),
);

/** A check for each field of the type, so that none is forgotten or made up. */
type ChecksOf<Fields> = { readonly [Field in keyof Fields]-?: FieldCheck };

const counted = {
  topic: optional(topic),
  after: optional(wholeNumber(0, MAX_COUNT)),
  count: optional(count),
};
const pushMatch: ChecksOf<PushMatch> = { event: optional(text), ...counted };
const frameMatch: ChecksOf<FrameMatch> = { direction: optional(direction), ...pushMatch };
const envelopeMatch: ChecksOf<EnvelopeMatch> = counted;
const joinMatch: ChecksOf<JoinMatch> = { event: optional(oneOf(EVENT.join, EVENT.mount)), ...counted };
const { count: _, ...startFields } = frameMatch;
const start: ChecksOf<{ readonly start?: FaultStart }> = { start: optional(objectOf(startFields)) };
const match = optional(objectOf(frameMatch));

const CHECKS: { readonly [Kind in Fault["kind"]]: ChecksOf<Omit<Extract<Fault, { kind: Kind }>, "kind">> } = {
  drop: { code, ...start },
  stall: { direction: optional(direction), ms: optional(milliseconds), ...start },
  half_open: { ms: optional(milliseconds), ...start },
  crash_store: { topic: optional(topic), ...start },
  delay: { ms: milliseconds, jitter: optional(milliseconds), reorder: optional(flag), match },
  duplicate: { copies: optional(wholeNumber(1, MAX_COPIES)), match },
  reorder: { size: optional(wholeNumber(2, MAX_REORDERED)), ms: optional(milliseconds), match },
  corrupt: { length: optional(wholeNumber(1, MAX_COUNT)), match },
  truncate: { length: optional(length), match },
  skip_version: { root: optional(text), match: optional(objectOf(envelopeMatch)) },
  refuse_join: { reason: optional(text), match: optional(objectOf(joinMatch)) },
  never_answer: { match: optional(objectOf(pushMatch)) },
  oversize: { length, root: optional(text), match: optional(objectOf(envelopeMatch)) },
};

/** All that a fault's `kind` may be. */
export const FAULT_KINDS: readonly string[] = Object.keys(CHECKS);

/** The fault in a JSON value. The failure is a sentence: what is wrong, and what may stand there. */
export function readFault(value: Json): Result<Fault, string> {
  const wrong = findWrong(value);
  // Every field has been checked against the type's own table.
  return wrong === null ? success(value as Fault) : failure(wrong);
}

function findWrong(value: Json): string | null {
  if (!isJsonObject(value)) return `A fault should be an object, but it is ${showWrongValue(value)}.`;
  const kind = ownField(value, "kind");
  if (!isKind(kind)) {
    return `There is no fault of the kind ${showWrongValue(kind)}. There are: ${FAULT_KINDS.join(", ")}.`;
  }
  const wrong = findWrongField(value, { kind: () => null, ...CHECKS[kind] });
  return wrong === null ? null : `The fault "${kind}" is wrong: ${wrong}.`;
}

function isKind(kind: Json | undefined): kind is Fault["kind"] {
  return typeof kind === "string" && FAULT_KINDS.includes(kind);
}
