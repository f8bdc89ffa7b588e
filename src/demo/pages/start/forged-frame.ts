import type { Root } from "../../../client/client";
import type { DemoConfig } from "../shell/demo-config";

/** The frame of a patch of that root, as the server would write it (wire.md 1.2). */
export function writePatch({ vsn, wire }: DemoConfig, root_id: string, payload: object): string {
  const topic = wire === "multiplexed" ? "musubi:connection" : `musubi:connection:${root_id}`;
  const event = "patch";
  return JSON.stringify(
    vsn === "1.0.0" ? { topic, event, payload, ref: null } : [null, null, topic, event, payload],
  );
}

/** An envelope that replaces what is at `path`, and begins `ahead` of the version that the page holds. */
export function forgeEnvelope(root: Root | null, ahead: number, path: string): object {
  const base_version = (root?.snapshot().version ?? 0) + ahead;
  return {
    type: "patch",
    root_id: root?.root_id ?? "",
    base_version,
    version: base_version + 1,
    ops: [{ op: "replace", path, value: -1 }],
    stream_ops: [],
    upload_ops: [],
    events: [],
  };
}
