import type { JsonObject } from "../../../wire/json";
import type { PatchOp } from "./diff";

/** What a root sends when something in it changed (wire.md 7). Every key but `root_id` is always there. */
export type PatchEnvelope = {
  readonly type: "patch";
  /** Absent on the adapter variant (wire.md 3). */
  readonly root_id?: string;
  readonly base_version: number;
  readonly version: number;
  readonly ops: readonly PatchOp[];
  readonly stream_ops: readonly JsonObject[];
  readonly upload_ops: readonly JsonObject[];
  readonly events: readonly JsonObject[];
};

/** The four lists of an envelope. */
export type EnvelopeContent = Pick<PatchEnvelope, "ops" | "stream_ops" | "upload_ops" | "events">;

/** Idle cycles send nothing, so that versions have no gaps (wire.md 7). */
export function isIdle({ ops, stream_ops, upload_ops, events }: EnvelopeContent): boolean {
  return ops.length + stream_ops.length + upload_ops.length + events.length === 0;
}

/** The envelope that leads from `baseVersion` to the next version. */
export function createEnvelope(
  rootId: string | null,
  baseVersion: number,
  content: EnvelopeContent,
): PatchEnvelope {
  return {
    type: "patch",
    ...(rootId === null ? {} : { root_id: rootId }),
    base_version: baseVersion,
    version: baseVersion + 1,
    ...content,
  };
}
