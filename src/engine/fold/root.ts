import { composeRootId, type NamedMount } from "../../wire/mount";
import { type Attachments, createAttachments } from "../content/attachments";
import { createStoreIndex, type StoreIndex } from "../content/store-index";
import type { Tree } from "../content/tree";
import type { ChannelDocument } from "../inspection";
import type { LiveRoot } from "../live";
import { type Attribution, createAttribution } from "./attribution";

/** A root as it is folded: what is shown of it, and what its next messages are measured against. */
export type RootRecord = { -readonly [Key in keyof LiveRoot]: LiveRoot[Key] } & {
  /** Changed in place by envelopes; nothing else refers to any part of it. */
  state: Tree;
  readonly kept: { stream_ops: number; upload_ops: number };
  /** The channel instance that mounted it; null before the first accepted mount. */
  channel: ChannelDocument | null;
  /** How many 0->1 envelopes came: one a mount. */
  first_envelopes: number;
  readonly attribution: Attribution;
  /** The stores in `state`. */
  readonly index: StoreIndex;
  readonly attachments: Attachments;
};

/** A root that nobody has mounted yet. */
export function createRoot(
  topic: string,
  root_id: string,
  mount: NamedMount,
  wire: LiveRoot["wire"],
): RootRecord {
  return {
    topic,
    root_id,
    module: mount.module,
    caller_id: mount.id,
    params: mount.params,
    wire,
    status: "refused",
    epoch: 0,
    version: 0,
    state: null,
    last_envelope: null,
    kept: { stream_ops: 0, upload_ops: 0 },
    channel: null,
    first_envelopes: 0,
    attribution: createAttribution(),
    index: createStoreIndex(),
    attachments: createAttachments(),
  };
}

/** The server accepted a mount: a new epoch begins. The old state stays until its first envelope. */
export function acceptMount(root: RootRecord, channel: ChannelDocument, mount: NamedMount): void {
  root.module = mount.module;
  root.caller_id = mount.id;
  root.params = mount.params;
  root.channel = channel;
  root.epoch++;
  root.version = 0;
  root.status = "mounting";
}

/** The page let go of the root. */
export function unmountRoot(root: RootRecord): void {
  root.status = "unmounted";
}

/** The root ended, or fell behind, in any other way. */
export function loseRoot(root: RootRecord): void {
  if (root.status === "mounting" || root.status === "mounted") root.status = "lost";
}

/** Whether this id is the one that newer servers compose (wire.md 3). */
export function isComposedId(root_id: string, { module, id }: NamedMount): boolean {
  return root_id === composeRootId(module, id);
}
