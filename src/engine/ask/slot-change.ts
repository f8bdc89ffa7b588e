import { fieldIn, isJsonObject, type Json } from "../../wire/json";
import { parsePointer } from "../../wire/json-pointer";
import type { Change, ChangeOp } from "../content/change";
import { type Content, childOf } from "../content/draft";
import { isEqual } from "./equal";

/** What a store consists of, by name: its fields, its streams, its uploads, what the server shows of its assigns. */
export type SlotKind = "field" | "stream" | "upload" | "assign";

/** A change as it concerns one slot of one store. */
export type SlotChange = {
  /** The store's key. */
  readonly store: string;
  readonly what: SlotKind;
  readonly name: string;
  /** The way from the slot to the place that changed. */
  readonly rest: readonly string[];
  readonly op: ChangeOp;
  readonly left: Json | undefined;
  readonly entered: Json | undefined;
  /** The way to the store's node in the state, for a field. */
  readonly node: readonly string[];
};

/** The tokens of a change's path. */
export function tokensOf({ path }: Change): readonly string[] {
  const pointer = parsePointer(path);
  if (!pointer.ok) throw new Error(`A change leads to ${path}, which is no pointer.`);
  return pointer.value;
}

/** The areas that hang on stores, and what a slot of each is called. */
const ATTACHED = { streams: "stream", uploads: "upload", assigns: "assign" } as const;
type AttachedArea = keyof typeof ATTACHED;

/** Where the slots of an area lie under a store's key. */
const WITHIN: { readonly [Area in AttachedArea]: readonly string[] } = {
  streams: [],
  uploads: [],
  assigns: ["assigns"],
};

/** The changes to streams, uploads or assigns: a change to a whole table is one to each slot in it. */
export function attachedChanges(
  area: AttachedArea,
  change: Change,
  tokens: readonly string[],
): readonly SlotChange[] {
  const [store, ...inner] = tokens;
  const { left, entered, op } = change;
  if (store === undefined) {
    return keysOf(left, entered).flatMap((key) =>
      slotsUnder(area, key, WITHIN[area], fieldIn(left, key), fieldIn(entered, key)),
    );
  }
  const within = WITHIN[area];
  const common = Math.min(within.length, inner.length);
  // The module beside the assigns is no slot.
  if (within.slice(0, common).join() !== inner.slice(0, common).join()) return [];
  const [name, ...rest] = inner.slice(within.length);
  if (name === undefined) return slotsUnder(area, store, within.slice(common), left, entered);
  return [{ store, what: ATTACHED[area], name, rest, op, left, entered, node: [] }];
}

function slotsUnder(
  area: AttachedArea,
  store: string,
  way: readonly string[],
  before: Json | undefined,
  after: Json | undefined,
): readonly SlotChange[] {
  const [from, to] = [walk(before, way), walk(after, way)];
  return keysOf(from, to).flatMap((name): readonly SlotChange[] => {
    const [left, entered] = [fieldIn(from, name), fieldIn(to, name)];
    if (left === entered) return [];
    const op = left === undefined ? "add" : entered === undefined ? "remove" : "replace";
    return [{ store, what: ATTACHED[area], name, rest: [], op, left, entered, node: [] }];
  });
}

/** The keys of two objects, each once; none of what is no object. */
export function keysOf(before: Json | undefined, after: Json | undefined): readonly string[] {
  const keys = (value: Json | undefined) => (isJsonObject(value) ? Object.keys(value) : []);
  return [...new Set([...keys(before), ...keys(after)])];
}

/** What lies that way; undefined where nothing does. */
export function walk(value: Json | undefined, tokens: readonly string[]): Json | undefined {
  return tokens.reduce<Json | undefined>(childOf, value);
}

/** What stands in a slot; undefined where there is none. `node` leads to the store's node. */
export function slotIn(
  content: Content,
  { store, what, name, node }: Pick<SlotChange, "store" | "what" | "name" | "node">,
): Json | undefined {
  switch (what) {
    case "field":
      return fieldIn(walk(content.state, node), name);
    case "stream":
      return walk(content.streams, [store, ...WITHIN.streams, name]);
    case "upload":
      return walk(content.uploads, [store, ...WITHIN.uploads, name]);
    case "assign":
      return walk(content.assigns, [store, ...WITHIN.assigns, name]);
    default:
      return what satisfies never;
  }
}

/** A change that puts in a thing's place what equals it changes nothing. */
export function hasEffect({ op, left, entered }: Pick<SlotChange, "op" | "left" | "entered">): boolean {
  return op !== "replace" || !isEqual(left, entered);
}

/**
 * Whether changes to one slot, in one revision, come to anything. Most often that shows in themselves; where they may
 * have cancelled out, `compare` looks at the slot before and after.
 */
export function comeToSomething(changes: readonly SlotChange[], compare: () => boolean): boolean {
  const effective = changes.filter(hasEffect);
  if (effective.length <= 1) return effective.length === 1;
  const isSurelyChanged =
    effective.length <= MAX_PAIRED && effective.every(({ op }) => op === "replace") && areApart(effective);
  return isSurelyChanged || compare();
}

/** Changes of one slot that are told apart pair by pair; more of them are settled by a comparison. */
const MAX_PAIRED = 8;

function areApart(changes: readonly SlotChange[]): boolean {
  return changes.every(({ rest }, at) => changes.slice(at + 1).every((other) => !isOneWay(rest, other.rest)));
}

/** Whether one of two ways leads on from the other. */
export function isOneWay(a: readonly string[], b: readonly string[]): boolean {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return false;
  return true;
}
