import type { Json, JsonObject } from "../../src/wire/json";

/** What stands in an envelope besides its root and version; lists that are absent are empty. */
type EnvelopeParts = {
  readonly ops?: readonly Json[];
  readonly stream_ops?: readonly Json[];
  readonly upload_ops?: readonly Json[];
  readonly events?: readonly Json[];
};

/** An envelope from `base_version` to the next one (wire.md 7). */
export function envelope(root_id: string, base_version: number, parts: EnvelopeParts = {}): JsonObject {
  const { ops = [], stream_ops = [], upload_ops = [], events = [] } = parts;
  const version = base_version + 1;
  return { type: "patch", root_id, base_version, version, ops, stream_ops, upload_ops, events };
}

/** The first envelope of a mount, whose root holds these fields. */
export function firstEnvelope(root_id: string, fields: JsonObject, parts: EnvelopeParts = {}): JsonObject {
  const value = { ...fields, __musubi_store_id__: [] };
  return envelope(root_id, 0, { ...parts, ops: [{ op: "replace", path: "", value }] });
}

/** An operation that puts `value` in the place of what stands at `path`. */
export function replace(path: string, value: Json): JsonObject {
  return { op: "replace", path, value };
}
