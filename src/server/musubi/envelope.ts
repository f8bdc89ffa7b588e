import type { Json } from "../../wire/json";
import type { PatchOp } from "./diff";

/** What a root sends when something in it changed (wire.md 7). Every key is always there. */
export type PatchEnvelope = {
  readonly type: "patch";
  readonly root_id: string;
  readonly base_version: number;
  readonly version: number;
  readonly ops: readonly PatchOp[];
  readonly stream_ops: readonly Json[];
  readonly upload_ops: readonly Json[];
  readonly events: readonly Json[];
};

/** The envelope that leads from `baseVersion` to the next version. */
export function createEnvelope(rootId: string, baseVersion: number, ops: readonly PatchOp[]): PatchEnvelope {
  return {
    type: "patch",
    root_id: rootId,
    base_version: baseVersion,
    version: baseVersion + 1,
    ops,
    stream_ops: [],
    upload_ops: [],
    events: [],
  };
}
