import type { Json } from "../../wire/json";
import { parseIndex } from "../../wire/json-pointer";
import { type Change, undoChange } from "../content/change";
import { type Content, createDraft } from "../content/draft";
import { isOneWay, tokensOf, walk } from "./slot-change";

/**
 * Whether a change may have written the value at a pointer into the state, or moved it in its list. Asked of every
 * revision of a store, so that texts are compared: a pointer can be written in one way only (RFC 6901 section 3).
 */
export function mayWriteField({ area, op, path }: Change, pointer: string): boolean {
  if (area !== "state") return false;
  const place = op === "replace" ? path : path.slice(0, path.lastIndexOf("/"));
  return leadsTo(place, pointer) || leadsTo(pointer, place);
}

function leadsTo(pointer: string, further: string): boolean {
  return (
    further.startsWith(pointer) && (further.length === pointer.length || further[pointer.length] === "/")
  );
}

/** Whether a change may have put another store at `node`, or this one elsewhere. */
export function mayMoveStore(change: Change, node: readonly string[]): boolean {
  if (change.area !== "state") return false;
  const tokens = tokensOf(change);
  const place = change.op === "replace" ? tokens : tokens.slice(0, -1);
  return place.length < node.length + (change.op === "replace" ? 1 : 0) && isOneWay(place, node);
}

/**
 * Where a value stood before a revision that left it at the end of `way`: an element of a list moves when another
 * comes or goes before it. Null where it came with the revision.
 */
export function wayBefore(
  changes: readonly Change[],
  after: Content,
  node: readonly string[],
  way: readonly string[],
): readonly string[] | null {
  const draft = createDraft(after);
  let current = [...node, ...way];
  for (const change of changes.toReversed()) {
    if (change.area !== "state") continue;
    const before = placeBefore(change, draft.areas.state, current);
    if (before === null) return null;
    current = before;
    undoChange(draft, change);
  }
  return current.slice(node.length);
}

function placeBefore(change: Change, state: Json, place: string[]): string[] | null {
  const tokens = tokensOf(change);
  const depth = tokens.length - 1;
  const [token, step] = [tokens[depth], place[depth]];
  if (change.op === "replace" || token === undefined || step === undefined) return place;
  const parent = tokens.slice(0, depth);
  if (!isOneWay(parent, place) || !Array.isArray(walk(state, parent))) return place;
  const [index, at] = [parseIndex(token), parseIndex(step)];
  if (index === null || at === null || at < index) return place;
  if (change.op === "add" && at === index) return null;
  return place.with(depth, String(change.op === "add" ? at - 1 : at + 1));
}
