import { MAX_STREAM_ITEMS, MAX_UPLOAD_ITEMS } from "../bridge/attachment-view";
import type { Query, StoreView } from "../bridge/view";
import type { Content } from "../engine/content/draft";
import { heldStreams, heldUploads } from "../engine/content/store-attachments";
import { ownValue } from "../engine/content/store-tree";

/**
 * The value of one store, and what its streams and uploads hold.
 * @param version of its root; 0 where there is none @param content what the root holds
 */
export function viewStore(
  { root, store_id }: Query & { kind: "store" },
  version: number,
  content: Content,
): StoreView {
  const value = ownValue(content.state, store_id);
  const gone = { kind: "store", root, store_id, version, value: null } as const;
  if (value === undefined) return { ...gone, streams: [], uploads: [] };
  return {
    ...gone,
    value,
    streams: heldStreams(content, store_id, MAX_STREAM_ITEMS),
    uploads: heldUploads(content, store_id, MAX_UPLOAD_ITEMS),
  };
}
