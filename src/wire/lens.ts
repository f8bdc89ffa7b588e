import { isJsonObject, isStrings, type Json, type JsonObject, ownField } from "./json";
import { failure, type Result, success } from "./result";
import { showWrongValue } from "./wrong-value";

/** What a store holds after a render, and why it rendered (lens.md). */
export type LensMessage = {
  /** Null on the adapter variant, which has none. */
  readonly root_id: string | null;
  readonly store_id: readonly string[];
  readonly module: string;
  /** The envelope that the render led to; if it led to none, the version then current. */
  readonly version: number;
  readonly cause: LensCause | null;
  readonly changed: readonly string[];
  /** All assigns in a store's first message, then only the changed ones. */
  readonly assigns: JsonObject;
  readonly removed: readonly string[];
  /** Microseconds by step (`render`, `diff`, `validate`); null where the server did not measure. */
  readonly us: { readonly [step: string]: number } | null;
};

/** A kind that this program does not know is null, as an unknown cause is; its name is kept. */
type LensCause = { readonly kind: LensCauseKind | null; readonly name: string | null };

const CAUSE_KINDS = ["mount", "update", "command", "info", "async", "upload", "send_update"] as const;
type LensCauseKind = (typeof CAUSE_KINDS)[number];

/** Which field keeps a payload from being a lens message, and what stands there instead. */
type LensFault = {
  readonly field: "payload" | "cause.kind" | "cause.name" | keyof LensMessage;
  readonly expected: string;
  readonly found: string;
};

/** A server's own assigns, such as `__changed__`; `__proto__` is kept out with them. */
const RESERVED_PREFIX = "__";

/**
 * The lens message in the payload of a `devtools:assigns` push, or the first field that is wrong. Only `module`,
 * `version` and `assigns` are required: an absent `store_id` is the root's, other lists are empty, the rest is null.
 * Keys that begin with `__` are left out.
 */
export function readLensMessage(payload: Json): Result<LensMessage, LensFault> {
  if (!isJsonObject(payload)) return wrong("payload", "an object", payload);
  const field = (key: keyof LensMessage): Json | undefined => ownField(payload, key);
  const root_id = field("root_id") ?? null;
  if (root_id !== null && typeof root_id !== "string") return wrong("root_id", "a string", root_id);
  const store_id = field("store_id") ?? [];
  if (!isStrings(store_id)) return wrong("store_id", "an array of strings", store_id);
  const module = field("module");
  if (typeof module !== "string") return wrong("module", "a string", module);
  const version = field("version");
  if (!isVersion(version)) return wrong("version", "a whole number from 0", version);
  const cause = readCause(field("cause") ?? null);
  if (!cause.ok) return cause;
  const changed = field("changed") ?? [];
  if (!isStrings(changed)) return wrong("changed", "an array of strings", changed);
  const assigns = field("assigns");
  if (!isJsonObject(assigns)) return wrong("assigns", "an object", assigns);
  const removed = field("removed") ?? [];
  if (!isStrings(removed)) return wrong("removed", "an array of strings", removed);
  const us = field("us") ?? null;
  if (us !== null && !isTimes(us)) return wrong("us", "an object of times in microseconds", us);
  return success({
    root_id,
    store_id,
    module,
    version,
    cause: cause.value,
    changed: changed.filter(isOwn),
    assigns: Object.fromEntries(Object.entries(assigns).filter(([key]) => isOwn(key))),
    removed: removed.filter(isOwn),
    us,
  });
}

/** The fault as a sentence for a person. */
export function describeLensFault({ field, expected, found }: LensFault): string {
  return `Its ${field} should be ${expected}, but it is ${found}.`;
}

function readCause(cause: Json): Result<LensCause | null, LensFault> {
  if (cause === null) return success(null);
  if (!isJsonObject(cause)) return wrong("cause", "an object or null", cause);
  const kind = ownField(cause, "kind") ?? null;
  if (kind !== null && typeof kind !== "string") return wrong("cause.kind", "a string", kind);
  const name = ownField(cause, "name") ?? null;
  if (name !== null && typeof name !== "string") return wrong("cause.name", "a string", name);
  return success({ kind: CAUSE_KINDS.find((known) => known === kind) ?? null, name });
}

function isTimes(value: Json): value is { readonly [step: string]: number } {
  if (!isJsonObject(value)) return false;
  return Object.values(value).every((time) => typeof time === "number" && Number.isFinite(time) && time >= 0);
}

function isVersion(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isOwn(key: string): boolean {
  return !key.startsWith(RESERVED_PREFIX);
}

function wrong(field: LensFault["field"], expected: string, value: Json | undefined) {
  return failure<LensFault>({ field, expected, found: showWrongValue(value) });
}
