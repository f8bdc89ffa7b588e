import type { StoreLine, StoresQuery } from "../bridge/stores-view";
import { countPassing } from "../engine/content/count-passing";
import type { Content } from "../engine/content/draft";
import { storeKey } from "../engine/content/store-tree";
import type { LiveRoot } from "../engine/engine";
import type { RootAt } from "../engine/fold/faces";
import type { Answerer } from "./answerer";
import { readFolds } from "./folds";
import { createTellStores, type TellStores } from "./node-facts";
import { previewFields } from "./preview";
import type { Scene } from "./scene";
import { NO_BADGES, storeBadges } from "./store-badges";
import { type TreeConnection, type TreeLine, type TreeRoot, treeLines } from "./tree-lines";

/** So many changes of a root are looked at before it is asked what time it is. */
const EFFORT = 1_000;

/** Answers with a window of the tree of stores, as it was at the scene's moment. */
export function answerStores(query: StoresQuery): Answerer {
  const folds = readFolds(query.folds);
  let seen = "";
  return (scene) => {
    const { recording, at, again } = scene;
    const stamp = JSON.stringify([recording.id(), at ?? recording.journal.length(), at]);
    if (stamp === seen) return null;
    const changes = createChanges(scene);
    const { lines, ...window } = treeLines(connectionsOf(scene), query, folds);
    const rows = lines.map((line) => toLine(line, scene, changes));
    seen = changes.areKnown() ? stamp : "";
    if (!changes.areKnown()) again();
    return { kind: "stores", ...window, rows };
  };
}

/** A root at the scene's moment. `content` is null where it is not kept any more. */
type Root = TreeRoot & { readonly live: LiveRoot; readonly content: () => Content | null };

function connectionsOf(scene: Scene): readonly TreeConnection<Root>[] {
  return scene.faces().map(({ id, endpoint, channels, roots }) => {
    return { id, endpoint, channels, roots: roots.map((root) => toRoot(scene, id, root)) };
  });
}

function toRoot({ contentOf }: Scene, connection: number, { topic, root_id, module, live }: RootAt): Root {
  let held: Content | null | undefined;
  function content(): Content | null {
    if (held === undefined) {
      const found = contentOf(live);
      held = found === "truncated" ? null : found;
    }
    return held;
  }
  const key = { connection, topic, root_id };
  return { key, module, live, content, store: () => storesOf(live)(content()?.state ?? null) };
}

const tellers = new WeakMap<LiveRoot, TellStores>();

function storesOf(root: LiveRoot): TellStores {
  const tell = tellers.get(root) ?? createTellStores();
  tellers.set(root, tell);
  return tell;
}

function toLine(
  { root, store, ...line }: TreeLine<Root>,
  { recording, at }: Scene,
  changes: Changes,
): StoreLine {
  const { journal } = recording;
  const { shows } = line;
  const subject =
    shows.kind === "root" ? ({ kind: "store", root: shows.root, store_id: [] } as const) : shows;
  const problems = journal.problems.countOf(subject, at ?? journal.length());
  if (root === null) return { ...line, preview: [], badges: { ...NO_BADGES, problems }, changed_seq: 0 };
  const content = root.content();
  const badges = store === null || content === null ? NO_BADGES : storeBadges(content, store);
  return {
    ...line,
    preview: store === null ? [] : previewFields(store.node),
    badges: { ...badges, problems },
    changed_seq:
      shows.kind === "root" || store === null
        ? changes.ofRoot(root.live)
        : changes.ofStore(root.live, storeKey(store.store_id)),
  };
}

/** The last events, up to the scene's moment, that changed something; 0 where that is not known. */
type Changes = {
  readonly ofRoot: (root: LiveRoot) => number;
  /** @param store its key in the root */
  readonly ofStore: (root: LiveRoot, store: string) => number;
  /** False where there was more to look at than one answer is for: then it is as if nothing of that root were known. */
  readonly areKnown: () => boolean;
};

function createChanges({ recording, at, now, until }: Scene): Changes {
  const { knownActivities } = recording.journal;
  const known = new Map<LiveRoot, boolean>();
  let isWhole = true;

  const countOf = ({ history }: LiveRoot): number => (at === null ? history.count() : history.countAt(at));
  const seqOf = ({ history }: LiveRoot, place: number | undefined): number => {
    return place === undefined ? 0 : (history.headTo(place)?.seq ?? 0);
  };

  function isKnown(root: LiveRoot): boolean {
    const before = known.get(root);
    if (before !== undefined) return before;
    let isAll = false;
    // One slice at least: who took the time may be somebody else, each time.
    do isAll = knownActivities(root).extend(EFFORT);
    while (!isAll && now() < until);
    if (!isAll) isWhole = false;
    known.set(root, isAll);
    return isAll;
  }

  return {
    ofRoot: (root) => seqOf(root, countOf(root)),
    ofStore(root, store) {
      if (!isKnown(root)) return 0;
      const count = countOf(root);
      const places = knownActivities(root).placesOf(store);
      return seqOf(root, places[countPassing(places.length, (nth) => (places[nth] ?? 0) <= count) - 1]);
    },
    areKnown: () => isWhole,
  };
}
