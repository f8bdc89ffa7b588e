import { MAX_STREAM_ITEMS, MAX_UPLOAD_ITEMS } from "../bridge/attachment-view";
import type { Query, StoreView } from "../bridge/view";
import { countPassing } from "../engine/content/count-passing";
import { type Content, EMPTY } from "../engine/content/draft";
import { heldStreams, heldUploads } from "../engine/content/store-attachments";
import { ownValue, storeKey } from "../engine/content/store-tree";
import type { StoreId } from "../engine/inspection";
import type { LiveRoot } from "../engine/live";
import type { Answerer } from "./answerer";
import { findRootAt, type Scene } from "./scene";
import { showDigits } from "./shown-digits";
import { LOOKED_AT_ONCE } from "./slices";

type StoreQuery = Query & { readonly kind: "store" };

/**
 * Answers with one store. Its value can be large: it is told when its root holds something else, and made anew when the
 * store itself does, as far as it is known which revisions changed it.
 */
export function answerStore(query: StoreQuery): Answerer {
  let seen = "";
  let made: { readonly change: string; readonly view: StoreView } | null = null;
  return (scene) => {
    const { recording, at } = scene;
    const root = findRootAt(scene, query.root);
    const place = root?.live.history.countAt(at ?? Number.POSITIVE_INFINITY) ?? 0;
    const stamp = [recording.id(), root?.live.seq, root?.epoch, root?.version, place].join();
    if (stamp === seen) return null;
    seen = stamp;
    if (root === undefined) return viewStore(query, 0, EMPTY);
    const { live, version } = root;
    const change = lastChange(scene, live, query.store_id, place);
    if (change !== null && change === made?.change) return { ...made.view, version };
    const { view, areTraced } = showDigits(scene, live, viewStore(query, version, scene.contentOf(live)));
    made = change === null || areTraced ? null : { change, view };
    return view;
  };
}

/**
 * Names the last revision up to a place that changed a store, and what was known then of how its numbers were written;
 * null where it is not known, or is not kept.
 */
function lastChange(
  { recording, at }: Scene,
  root: LiveRoot,
  store_id: StoreId,
  place: number,
): string | null {
  const { history } = root;
  const activity = recording.journal.knownActivities(root);
  if (!activity.extend(LOOKED_AT_ONCE) || (at !== null && at < history.forgottenSeq())) return null;
  const places = activity.placesOf(storeKey(store_id));
  const last = places[countPassing(places.length, (nth) => (places[nth] ?? 0) <= place) - 1];
  const numbers = recording.journal.numbers.roundings();
  return [recording.id(), root.seq, last ?? `none since ${history.forgotten()}`, numbers].join();
}

/**
 * The value of one store, and what its streams and uploads hold.
 * @param version of its root; 0 where there is none @param content what the root held; `"truncated"`: that has been let go
 */
function viewStore(
  { root, store_id, streams = [] }: StoreQuery,
  version: number,
  content: Content | "truncated",
): StoreView {
  const gone = { kind: "store", root, store_id, version, value: null, streams: [], uploads: [] } as const;
  if (content === "truncated") return { ...gone, truncated: true };
  const value = ownValue(content.state, store_id);
  if (value === undefined) return gone;
  const starts = new Map(streams.map(({ name, from }) => [name, from]));
  return {
    ...gone,
    value,
    streams: heldStreams(content, store_id, MAX_STREAM_ITEMS, starts),
    uploads: heldUploads(content, store_id, MAX_UPLOAD_ITEMS),
  };
}
