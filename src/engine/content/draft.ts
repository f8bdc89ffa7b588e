import { type Json, ownField } from "../../wire/json";
import { parseIndex } from "../../wire/json-pointer";
import { setField, type Tree, type TreeObject, toTree } from "./tree";

/**
 * What a root or a channel holds at one moment; nothing in it ever changes.
 *
 * `state` is the wire tree. `streams` holds `{store key: {name: [{item_key, item}]}}`, `uploads` `{store key: {name:
 * {config, entries: [{ref, entry}], errors}}}`, `assigns` `{store key: {module, assigns}}` where the server shows
 * them, `presence` who is there on a plain channel.
 */
export type Content = { readonly [Name in Area]: Json };

export type Area = "state" | "streams" | "uploads" | "assigns" | "presence";

/** A node that holds others. */
export type Container = Tree[] | TreeObject;

/**
 * A content while it is edited. A node that only the draft refers to is changed in place; any other is copied on its
 * first change, so that contents of many moments share what did not change between them.
 */
export type Draft = {
  readonly areas: { [Name in Area]: Tree };
  /** The nodes that nothing else refers to. */
  owned: Set<Container>;
  /** How many slots of lists have been copied so far, which is most of what sharing has cost. */
  copied: number;
};

/** Nothing at all. */
export const EMPTY: Content = { state: null, streams: {}, uploads: {}, assigns: {}, presence: null };

/** Starts editing a content, which itself stays as it is. */
export function createDraft(content: Content = EMPTY): Draft {
  return { areas: toTrees(content), owned: new Set(), copied: 0 };
}

/** What the draft holds now, for good: later edits go to copies. Costs nothing but those copies. */
export function shareDraft(draft: Draft): Content {
  if (draft.owned.size > 0) draft.owned = new Set();
  return { ...draft.areas };
}

/** Goes on from another content. */
export function resetDraft(draft: Draft, content: Content): void {
  Object.assign(draft.areas, toTrees(content));
  draft.owned = new Set();
}

/**
 * The node that holds the last of these tokens' place, ready to be changed: it and the way to it belong to the draft
 * alone. Undefined where the way does not exist; a way to a whole area has no such node.
 */
export function ownParent(draft: Draft, area: Area, tokens: readonly string[]): Container | undefined {
  const top = draft.areas[area];
  if (typeof top !== "object" || top === null) return undefined;
  let node = top;
  if (!draft.owned.has(node)) {
    node = ownCopy(draft, node);
    draft.areas[area] = node;
  }
  const last = tokens.length - 1;
  for (let at = 0; at < last; at++) {
    const child = ownChild(draft, node, tokens[at] ?? "");
    if (child === undefined) return undefined;
    node = child;
  }
  return node;
}

function ownChild(draft: Draft, node: Container, token: string): Container | undefined {
  if (Array.isArray(node)) {
    const index = parseIndex(token);
    const child = index === null ? undefined : node[index];
    if (index === null || typeof child !== "object" || child === null) return undefined;
    if (draft.owned.has(child)) return child;
    const copy = ownCopy(draft, child);
    node[index] = copy;
    return copy;
  }
  const child = ownField(node, token);
  if (typeof child !== "object" || child === null) return undefined;
  if (draft.owned.has(child)) return child;
  const copy = ownCopy(draft, child);
  setField(node, token, copy);
  return copy;
}

function ownCopy(draft: Draft, node: Container): Container {
  const copy = Array.isArray(node) ? node.slice() : { ...node };
  if (Array.isArray(node)) draft.copied += node.length;
  draft.owned.add(copy);
  return copy;
}

/** A node's child under a token of a pointer; undefined where there is none. */
export function childOf(node: Json | undefined, token: string): Json | undefined {
  if (typeof node !== "object" || node === null) return undefined;
  if (!isArray(node)) return ownField(node, token);
  const index = parseIndex(token);
  return index === null ? undefined : node[index];
}

function isArray(node: object): node is readonly Json[] {
  return Array.isArray(node);
}

function toTrees({ state, streams, uploads, assigns, presence }: Content): { [Name in Area]: Tree } {
  return {
    state: toTree(state),
    streams: toTree(streams),
    uploads: toTree(uploads),
    assigns: toTree(assigns),
    presence: toTree(presence),
  };
}
