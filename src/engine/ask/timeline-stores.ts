import type { Json } from "../../wire/json";
import { readPointer } from "../../wire/json-pointer";
import { type Change, redoChange } from "../content/change";
import { type Cursor, createCursor } from "../content/cursor";
import { childOf, createDraft } from "../content/draft";
import { storeIdOf, storeKey, visitStores } from "../content/store-tree";
import type { LiveRoot } from "../live";

/** Whether the envelope that is event `seq` changed something of a store, by its key. */
export type TouchesStore = (root: LiveRoot, seq: number, store: string) => boolean;

/**
 * Looks at the changes of one envelope at a time, best in order: each takes as long as what lies between. A store is its
 * id, not its place, so that the owner of a change is looked for before and after it (wire.md 6). What the history has
 * let go touches nothing.
 */
export function createTouchesStore(): TouchesStore {
  const cursors = new WeakMap<LiveRoot, Cursor>();

  return (root, seq, store) => {
    const { history } = root;
    const place = history.countAt(seq);
    const revision = history.revisionTo(place);
    if (revision === undefined || revision.seq !== seq) return false;
    const cursor = cursors.get(root) ?? createCursor(history);
    cursors.set(root, cursor);
    const before = cursor.moveTo(place - 1);
    if (before === "truncated") return false;
    const draft = createDraft(before);
    for (const change of revision.changes) {
      if (isOwner(change, draft.areas.state, store)) return true;
      redoChange(draft, change);
      if (isOwner(change, draft.areas.state, store)) return true;
    }
    return false;
  };
}

/** Whether a change lies in a store, or takes it out or puts it in, in a state right before or after the change. */
function isOwner({ area, path, left, entered }: Change, state: Json, store: string): boolean {
  const pointer = readPointer(path);
  if ("reason" in pointer) return false;
  const { tokens } = pointer;
  if (area !== "state") {
    if (tokens.length > 0) return tokens[0] === store;
    return hasKey(left, store) || hasKey(entered, store);
  }
  return nearestStore(state, tokens) === store || holds(left, store) || holds(entered, store);
}

/** The store around the last of these tokens' place. */
function nearestStore(state: Json, tokens: readonly string[]): string | null {
  let owner: string | null = null;
  let node: Json | undefined = state;
  for (const token of tokens) {
    const id = storeIdOf(node ?? null);
    if (id !== undefined) owner = storeKey(id);
    node = childOf(node, token);
  }
  return owner;
}

function holds(value: Json | undefined, store: string): boolean {
  let isFound = false;
  if (value !== undefined) {
    visitStores(value, (id) => {
      isFound ||= storeKey(id) === store;
    });
  }
  return isFound;
}

function hasKey(value: Json | undefined, key: string): boolean {
  return typeof value === "object" && value !== null && Object.hasOwn(value, key);
}
