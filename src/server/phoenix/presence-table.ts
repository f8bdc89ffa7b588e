import type { JsonObject } from "../../wire/json";

/** Who is present on a topic: the payload of `presence_state` (wire.md 1.7). Keys in the order of their coming. */
export type PresenceState = { readonly [key: string]: { readonly metas: readonly JsonObject[] } };

/** What changed: the payload of `presence_diff` (wire.md 1.7). */
export type PresenceDiff = { readonly joins: PresenceState; readonly leaves: PresenceState };

type Entry = { readonly owner: object; readonly meta: JsonObject };

/**
 * The metas of one topic, each owned by the channel that tracks it. A meta that is updated goes behind the others
 * of its key: there the clients put it when they merge the diff.
 */
export class PresenceTable {
  readonly #entries = new Map<string, Entry[]>();

  get isEmpty(): boolean {
    return this.#entries.size === 0;
  }

  find(owner: object, key: string): JsonObject | null {
    return this.#entries.get(key)?.find((entry) => entry.owner === owner)?.meta ?? null;
  }

  add(owner: object, key: string, meta: JsonObject): void {
    const ofKey = this.#entries.get(key);
    if (ofKey === undefined) this.#entries.set(key, [{ owner, meta }]);
    else ofKey.push({ owner, meta });
  }

  /** Removes the meta of `owner` under `key`, and gives it; null where there is none. */
  remove(owner: object, key: string): JsonObject | null {
    const ofKey = this.#entries.get(key) ?? [];
    const at = ofKey.findIndex((entry) => entry.owner === owner);
    const [removed] = at === -1 ? [] : ofKey.splice(at, 1);
    if (ofKey.length === 0) this.#entries.delete(key);
    return removed?.meta ?? null;
  }

  /** Puts `meta` in the place of what `owner` has under `key`, without the key being gone in between. */
  replace(owner: object, key: string, meta: JsonObject): void {
    const others = (this.#entries.get(key) ?? []).filter((entry) => entry.owner !== owner);
    this.#entries.set(key, [...others, { owner, meta }]);
  }

  list(): PresenceState {
    return toState([...this.#entries].map(([key, entries]) => [key, entries.map(({ meta }) => meta)]));
  }
}

/** A state of these keys. It defines its properties, so that `__proto__` becomes an ordinary one. */
export function toState(keys: Iterable<readonly [string, readonly JsonObject[]]>): PresenceState {
  return Object.fromEntries([...keys].map(([key, metas]) => [key, { metas }]));
}
