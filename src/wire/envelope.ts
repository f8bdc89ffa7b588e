import { isJsonArray, isJsonObject, type Json, type JsonObject } from "./json";
import { failure, type Result, success } from "./result";
import { showWrongValue } from "./wrong-value";

/**
 * A Musubi patch envelope (wire.md 7). The fields are checked, the operations in them are not: one bad operation must
 * not hide the others, so each is checked where it is applied.
 */
export type Envelope = {
  readonly type: "patch";
  /** Null on the adapter variant, which has none. */
  readonly root_id: string | null;
  readonly base_version: number;
  readonly version: number;
  readonly ops: readonly Json[];
  readonly stream_ops: readonly Json[];
  /** Absent before Musubi 0.3. */
  readonly upload_ops: readonly Json[];
  /** Absent before Musubi 0.13. */
  readonly events: readonly Json[];
};

/** Which field keeps a payload from being an envelope, and what stands there instead. */
export type EnvelopeFault = {
  readonly field: "payload" | keyof Envelope;
  readonly expected: string;
  readonly found: string;
};

const NONE: readonly Json[] = [];

/** The envelope in the payload of a `patch` push, or the first field that is wrong. */
export function readEnvelope(payload: Json): Result<Envelope, EnvelopeFault> {
  if (!isJsonObject(payload)) return wrong("payload", "an object", payload);
  // None of these names is one that objects inherit, and there is an envelope in nearly every frame.
  const { type, root_id = null, base_version, version, ops, stream_ops } = payload;
  if (type !== "patch") return wrong("type", '"patch"', type);
  if (root_id !== null && typeof root_id !== "string") return wrong("root_id", "a string", root_id);
  if (!isVersion(base_version)) return wrong("base_version", "a whole number from 0", base_version);
  if (!isVersion(version)) return wrong("version", "a whole number from 0", version);
  if (!isJsonArray(ops)) return wrong("ops", "an array", ops);
  if (!isJsonArray(stream_ops)) return wrong("stream_ops", "an array", stream_ops);
  const upload_ops = payload.upload_ops === undefined ? NONE : payload.upload_ops;
  if (!isJsonArray(upload_ops)) return wrong("upload_ops", "an array", upload_ops);
  const events = payload.events === undefined ? NONE : payload.events;
  if (!isJsonArray(events)) return wrong("events", "an array", events);
  return success({ type, root_id, base_version, version, ops, stream_ops, upload_ops, events });
}

/** An envelope as it stands in a payload: what a version of Musubi does not send is absent. */
type EnvelopePayload = JsonObject &
  Omit<Envelope, "root_id" | "upload_ops" | "events"> & {
    readonly root_id?: string | null;
    readonly upload_ops?: readonly Json[];
    readonly events?: readonly Json[];
  };

/** Whether the payload is an envelope as Musubi sends it, `root_id` or not. */
export function isEnvelope(payload: Json): payload is EnvelopePayload {
  return readEnvelope(payload).ok;
}

/** The fault as a sentence for a person. */
export function describeEnvelopeFault({ field, expected, found }: EnvelopeFault): string {
  return `Its ${field} should be ${expected}, but it is ${found}.`;
}

function isVersion(value: Json | undefined): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function wrong(field: EnvelopeFault["field"], expected: string, value: Json | undefined) {
  return failure<EnvelopeFault>({ field, expected, found: showWrongValue(value) });
}
