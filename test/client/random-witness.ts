import { isDeepStrictEqual } from "node:util";
import type { Root } from "../../src/client/client";
import type { RootSnapshot } from "../../src/client/root-snapshot";
import { fieldIn, isJsonArray, isJsonObject, isStrings, type Json } from "../../src/wire/json";
import { EVENT_NAMES } from "./random-plans";
import type { Expected, PageRecord, SaidEvent, World } from "./random-records";

type Heard = SaidEvent & { readonly storeId: readonly string[] };

/** Compares all that a root's client is told with what its stores gave. */
export class Witness {
  readonly root: Root;
  readonly id: string;
  readonly #world: World;
  readonly #faults: string[] = [];
  readonly #listening = new Set<string>();
  #epoch = -1;
  #version = 0;
  #expected: Expected | null = null;
  #heard: Heard[] = [];

  constructor(root: Root, id: string, world: World) {
    this.root = root;
    this.id = id;
    this.#world = world;
    this.#see(root.snapshot());
    // What was said with the versions so far, nobody could hear.
    this.#expected = null;
    root.subscribe((snapshot) => this.#see(snapshot));
  }

  /** The mount that runs, or null where there is none, or the client is not yet where its server is. */
  caughtUp(): PageRecord | null {
    const page = this.#world.pagesOf(this.id).at(-1);
    const isThere =
      page !== undefined &&
      !page.isEnded &&
      this.root.snapshot().status === "mounted" &&
      this.#epoch === page.epoch &&
      this.#version === page.history.length;
    return isThere ? page : null;
  }

  /** What was not as it had to be. */
  faults(): readonly string[] {
    this.#compareEvents();
    return this.#faults;
  }

  #see(snapshot: RootSnapshot): void {
    this.#compareEvents();
    const { status, version, state } = snapshot;
    // What is held while it is not mounted is what was held before.
    if (status !== "mounted") return;
    const epoch = fieldIn(state, "epoch");
    if (typeof epoch !== "number") {
      this.#fail(version, "is of no mount.", state);
      return;
    }
    const isNext = epoch === this.#epoch ? version === this.#version + 1 : epoch > this.#epoch;
    if (!isNext) this.#fail(version, `of mount ${epoch} follows ${this.#version} of ${this.#epoch}.`, state);
    if (epoch !== this.#epoch && this.#epoch !== -1 && version !== 1)
      this.#fail(version, `is the first of mount ${epoch}.`, state);
    this.#epoch = epoch;
    this.#version = version;
    const expected = this.#world.pagesOf(this.id)[epoch]?.history[version - 1];
    if (expected === undefined) {
      this.#fail(version, "was never rendered.", state);
      return;
    }
    if (!isDeepStrictEqual(expected.state, state))
      this.#fail(version, "has another state.", state, expected.state);
    if (!isDeepStrictEqual(expected.data, snapshot.data))
      this.#fail(version, "has other data.", snapshot.data, expected.data);
    this.#expected = expected;
    this.#listen(state);
  }

  /** Listens to the stores that are new. Their events come when this has returned. */
  #listen(state: Json): void {
    for (const storeId of storeIdsIn(state)) {
      const key = JSON.stringify(storeId);
      if (this.#listening.has(key)) continue;
      this.#listening.add(key);
      for (const name of EVENT_NAMES)
        this.root.on(storeId, name, (payload) => this.#heard.push({ storeId, name, payload }));
    }
  }

  /** By store each in its order, stores with shorter ids first (wire.md 10). */
  #compareEvents(): void {
    const heard = this.#heard;
    this.#heard = [];
    if (this.#expected === null) return;
    const { events } = this.#expected;
    this.#expected = null;
    const byStore = new Map<string, SaidEvent[]>();
    for (const { storeId, name, payload } of heard) {
      const key = JSON.stringify(storeId);
      byStore.set(key, [...(byStore.get(key) ?? []), { name, payload }]);
    }
    const lengths = heard.map(({ storeId }) => storeId.length);
    if (!isDeepStrictEqual(byStore, events))
      this.#fail(this.#version, "came with other events.", [...byStore], [...events]);
    if (
      !isDeepStrictEqual(
        lengths,
        lengths.toSorted((a, b) => a - b),
      )
    )
      this.#fail(this.#version, "came with events in another order.", lengths);
  }

  #fail(version: number, what: string, got: unknown, expected?: unknown): void {
    const told = expected === undefined ? "" : `, expected ${JSON.stringify(expected)}`;
    this.#faults.push(`Version ${version} of ${this.id} ${what} It is ${JSON.stringify(got)}${told}.`);
  }
}

/** The ids of the stores in a wire tree, or in a part of it. */
export function storeIdsIn(value: Json): readonly (readonly string[])[] {
  if (isJsonArray(value)) return value.flatMap(storeIdsIn);
  if (!isJsonObject(value)) return [];
  const id = fieldIn(value, "__musubi_store_id__");
  return [...(isStrings(id) ? [id] : []), ...Object.values(value).flatMap(storeIdsIn)];
}
