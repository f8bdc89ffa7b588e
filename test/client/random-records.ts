import { isDeepStrictEqual } from "node:util";
import type { Json } from "../../src/wire/json";
import {
  type AsyncShown,
  type ChildPlace,
  childPlaces,
  composeTree,
  type RenderedStore,
  type Shown,
} from "./random-oracle";
import type { AsyncKey, Fields, Outcome, StorePlan } from "./random-plans";
import { type Entry, foldCalls, type StreamCall } from "./random-streams";

export type SaidEvent = { readonly name: string; readonly payload: Json };

/** What a client must hold at one version, and have heard with it. */
export type Expected = {
  readonly state: Json;
  readonly data: Json;
  /** By the JSON of the store's id. */
  readonly events: ReadonlyMap<string, readonly SaidEvent[]>;
};

/** Ends a task. */
type EndTask = (outcome: Outcome) => void;

/** One store, from its start to its end. */
export class StoreRecord implements RenderedStore {
  readonly page: PageRecord;
  readonly module: string;
  readonly storeId: readonly string[];
  isGone = false;
  shown: Shown | null = null;
  /** What its callbacks and its parents' renders must have come to. */
  plan: Fields;
  bumps = 0;
  note: string | null = null;
  /** Since the last cycle. */
  calls: StreamCall[] = [];
  events: SaidEvent[] = [];
  /** What must be known of each async value once all is quiet, and the task that it waits for. */
  readonly async = new Map<AsyncKey, AsyncShown & { readonly task: symbol | null }>();

  constructor(page: PageRecord, module: string, storeId: readonly string[], plan: Fields) {
    this.page = page;
    this.module = module;
    this.storeId = storeId;
    this.plan = plan;
  }

  /** The store has rendered, which its children may have to follow. */
  show(shown: Shown): void {
    this.shown = shown;
    this.page.give(childPlaces(shown.plan, this.storeId));
  }

  /** Whether it was rendered after all that has changed it. */
  get isFresh(): boolean {
    const { plan, own = {} } = this.shown ?? {};
    return own.bumps === this.bumps && own.note === this.note && isSame(plan, this.plan);
  }
}

/** One mount of a root: what its stores gave, and so what each of its versions must be. */
export class PageRecord {
  readonly world: World;
  readonly epoch: number;
  /** Those that run, or are not waited for any more. */
  readonly tasks = new Set<EndTask>();
  /** That of version 1 first. */
  readonly history: Expected[] = [];
  isEnded = false;
  #stores: StoreRecord[] = [];
  /** What each child was given last, by the JSON of its id. */
  readonly #given = new Map<string, StorePlan>();
  /** By the JSON of the store's id, then by stream. */
  #streams = new Map<string, Map<string, readonly Entry[]>>();

  constructor(world: World, epoch: number) {
    this.world = world;
    this.epoch = epoch;
  }

  get stores(): readonly StoreRecord[] {
    return this.#stores;
  }

  start(module: string, storeId: readonly string[]): StoreRecord {
    const plan = this.#given.get(JSON.stringify(storeId))?.fields ?? {};
    const record = new StoreRecord(this, module, storeId, plan);
    this.#stores.push(record);
    return record;
  }

  /** A store has rendered these children. Those that are given something else than before take it over. */
  give(places: readonly ChildPlace[]): void {
    for (const { storeId, plan } of places) {
      const key = JSON.stringify(storeId);
      const before = this.#given.get(key);
      this.#given.set(key, plan);
      const present = this.#stores.find(
        (store) => !store.isGone && store.module === plan.module && JSON.stringify(store.storeId) === key,
      );
      if (present !== undefined && !isSame(before, plan)) present.plan = plan.fields;
    }
  }

  /** The server has run a callback and rendered. Throws where the stores that live are not those that were rendered. */
  closeCycle(): void {
    const kept = this.#stores.filter(({ isGone }) => !isGone);
    const { state, live } = composeTree(kept, null);
    const [alive, rendered] = [kept, live].map((stores) =>
      stores.map(({ storeId }) => JSON.stringify(storeId)),
    );
    if (!isDeepStrictEqual(alive?.sort(), rendered?.sort())) {
      throw new Error(`The stores ${alive?.join()} live, but ${rendered?.join()} were rendered.`);
    }
    const stale = live.filter(({ isFresh }) => !isFresh);
    if (stale.length > 0) {
      throw new Error(`${stale.map(({ storeId }) => JSON.stringify(storeId))} was not rendered anew.`);
    }
    this.#stores = [...live];
    const isSilent = live.every(({ calls, events }) => calls.length + events.length === 0);
    const last = this.history.at(-1);
    this.#foldStreams(live);
    const events = takeEvents(live);
    if (isSilent && last !== undefined && isDeepStrictEqual(last.state, state)) return;
    this.history.push({ state, data: composeTree(live, this.#streams).state, events });
  }

  #foldStreams(live: readonly StoreRecord[]): void {
    const before = this.#streams;
    // What is no store any more loses its lists (wire.md 8).
    this.#streams = new Map(
      live.map(({ storeId, calls }) => {
        const key = JSON.stringify(storeId);
        const lists = new Map(before.get(key));
        for (const stream of new Set(calls.map((call) => call.stream))) {
          const ofStream = calls.filter((call) => call.stream === stream);
          lists.set(stream, foldCalls(lists.get(stream) ?? [], ofStream));
        }
        return [key, lists];
      }),
    );
    for (const store of live) store.calls = [];
  }
}

/** All mounts of all roots of one server. */
export class World {
  /** What a test was wrong about, or the server did that it never may. */
  readonly problems: string[] = [];
  /** What stores are told to do, by the number that stands on the wire; 0 is none. */
  readonly orders: unknown[] = [null];
  readonly #pages = new Map<string, PageRecord[]>();

  /** The root of that id is mounted. */
  mount(id: string): PageRecord {
    const pages = this.#pages.get(id) ?? [];
    if (pages.some(({ isEnded }) => !isEnded)) this.problems.push(`${id} is mounted twice.`);
    const page = new PageRecord(this, pages.length);
    this.#pages.set(id, [...pages, page]);
    return page;
  }

  /** The mounts of that root, the last of which may run. */
  pagesOf(id: string): readonly PageRecord[] {
    return this.#pages.get(id) ?? [];
  }

  /** Of what is over, nothing is needed any more. */
  forget(): void {
    this.problems.length = 0;
    this.orders.length = 1;
    for (const [id, pages] of this.#pages) {
      if (pages.every(({ isEnded }) => isEnded)) this.#pages.delete(id);
    }
  }

  /** A cycle of that root ended, whether anything came of it or not. */
  closeCycle(id: string): void {
    const page = this.pagesOf(id).at(-1);
    try {
      if (page === undefined || page.isEnded)
        throw new Error(`A cycle of ${id} ended, which is not mounted.`);
      page.closeCycle();
    } catch (error) {
      this.problems.push(String(error));
    }
  }
}

/** By structure: neither the order of keys matters, nor whether an object has a prototype. */
function isSame(left: object | undefined, right: object | undefined): boolean {
  return isDeepStrictEqual(...copies([left ?? null, right ?? null]));
}

function copies(pair: readonly [object | null, object | null]): [unknown, unknown] {
  return JSON.parse(JSON.stringify(pair));
}

function takeEvents(live: readonly StoreRecord[]): Expected["events"] {
  const events = new Map<string, readonly SaidEvent[]>();
  for (const store of live) {
    if (store.events.length > 0) events.set(JSON.stringify(store.storeId), store.events);
    store.events = [];
  }
  return events;
}
