import { type Content, EMPTY } from "../../src/engine/content/draft";
import { createEngine, type LiveRoot } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { canonical } from "./canonical";
import { idsIn } from "./naive-stores";

const ID = "__musubi_store_id__";

/** A root, and its content after each of its revisions, the first one after none. */
export type Watched = { readonly root: LiveRoot; readonly contents: readonly Content[] };

/** The roots of a session and all that they held, noted while it was folded. */
export function watchRoots(
  events: readonly SessionEvent[],
  told: (root: LiveRoot) => void = () => {},
): readonly Watched[] {
  const engine = createEngine();
  const seen = new Map<LiveRoot, Content[]>();
  for (const event of events) {
    engine.fold(event);
    for (const root of engine.connections.flatMap(({ roots }) => roots)) {
      const contents: Content[] = seen.get(root) ?? [EMPTY];
      seen.set(root, contents);
      told(root);
      if (root.history.count() === contents.length) contents.push(root.content());
      if (root.history.count() !== contents.length - 1) throw new Error("One event, one revision.");
    }
  }
  return [...seen].map(([root, contents]) => ({ root, contents }));
}

/** Every store that was ever in one of these, as ids. */
export function everyStore(contents: readonly Content[]): readonly (readonly string[])[] {
  const keys = new Set<string>();
  for (const { state, streams, uploads, assigns } of contents) {
    for (const id of idsIn(state)) keys.add(JSON.stringify(id));
    for (const table of [streams, uploads, assigns])
      for (const key of Object.keys(table ?? {})) keys.add(key);
  }
  return [...keys].map((key): readonly string[] => JSON.parse(key));
}

/** A store's own value, found by its id, without any of the engine's code; undefined where it is not there. */
export function naiveOwn(state: unknown, id: readonly string[]): Json | undefined {
  if (typeof state !== "object" || state === null) return undefined;
  const own: unknown = Array.isArray(state) ? undefined : Reflect.get(state, ID);
  if (JSON.stringify(own) === JSON.stringify(id)) {
    return Object.fromEntries(Object.entries(state).map(([key, value]) => [key, naiveCut(value)]));
  }
  for (const value of Object.values(state)) {
    const found = naiveOwn(value, id);
    if (found !== undefined) return found;
  }
  return undefined;
}

function naiveCut(value: Json): Json {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(naiveCut);
  const id: unknown = Object.hasOwn(value, ID) ? Reflect.get(value, ID) : null;
  if (Array.isArray(id) && id.every((part) => typeof part === "string")) return { [ID]: [...id] };
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, naiveCut(field)]));
}

/** All that is a store's own, in one text: nothing of it changed where the text is the same. */
export function naiveText(content: Content, id: readonly string[]): string {
  return canonical([naiveOwn(content.state, id) ?? null, ...naiveAttached(content, id)]);
}

export function naiveAttached(
  { streams, uploads, assigns }: Content,
  id: readonly string[],
): readonly Json[] {
  const key = JSON.stringify(id);
  const under = (table: Json): Json => Reflect.get(Object(table), key) ?? {};
  return [under(streams), under(uploads), Reflect.get(Object(under(assigns)), "assigns") ?? {}];
}
