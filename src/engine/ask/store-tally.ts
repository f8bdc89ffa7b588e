import type { Json } from "../../wire/json";
import { utf8Length } from "../../wire/utf8-length";
import { countPassing } from "../content/count-passing";
import type { SlotKind } from "./slot-change";

/** What is counted of a store. */
export type StoreTally = {
  /** The places after the revisions that changed it, as far as the history keeps them. */
  readonly places: readonly number[];
  /** How often it came, how often it went, and in how many revisions it changed, kept or not. */
  readonly mounted: number;
  readonly unmounted: number;
  readonly revisions: number;
  /** How many steps that was, and the bytes of the values that they wrote, as JSON. */
  readonly operations: number;
  readonly bytes: number;
  /** By slot. */
  readonly churn: ReadonlyMap<string, SlotChurn>;
};

/** In how many revisions a slot changed. */
export type SlotChurn = { readonly what: SlotKind; readonly name: string; readonly revisions: number };

/** Slots of one store that are counted by name: an app that makes up names all day must not fill us up. */
const MAX_CHURN_SLOTS = 1000;

type StoreTallies = {
  /** @param written what the steps wrote; undefined for one that took something away */
  readonly change: (
    store: string,
    what: SlotKind,
    name: string,
    written: readonly (Json | undefined)[],
  ) => void;
  readonly mount: (store: string, which: "mounted" | "unmounted") => void;
  readonly touch: (store: string, place: number) => void;
  /** Lets go of the places up to this one, and of stores that have no other. */
  readonly forget: (place: number) => void;
  readonly of: (store: string) => StoreTally | undefined;
  readonly all: () => ReadonlyMap<string, StoreTally>;
};

type OwnTally = {
  places: number[];
  mounted: number;
  unmounted: number;
  revisions: number;
  operations: number;
  bytes: number;
  readonly churn: Map<string, { readonly what: SlotKind; readonly name: string; revisions: number }>;
};

/** Tallies of no store yet. */
export function createStoreTallies(): StoreTallies {
  const tallies = new Map<string, OwnTally>();

  function tallyOf(store: string): OwnTally {
    const known = tallies.get(store);
    if (known !== undefined) return known;
    const counts = { mounted: 0, unmounted: 0, revisions: 0, operations: 0, bytes: 0 };
    const tally: OwnTally = { places: [], ...counts, churn: new Map() };
    tallies.set(store, tally);
    return tally;
  }

  return {
    change(store, what, name, written) {
      const tally = tallyOf(store);
      const { churn } = tally;
      tally.operations += written.length;
      for (const value of written) {
        if (value !== undefined) tally.bytes += utf8Length(JSON.stringify(value));
      }
      const slot = `${what}/${name}`;
      const known = churn.get(slot);
      if (known !== undefined) known.revisions++;
      else if (churn.size < MAX_CHURN_SLOTS) churn.set(slot, { what, name, revisions: 1 });
    },
    mount(store, which) {
      tallyOf(store)[which]++;
    },
    touch(store, place) {
      const tally = tallyOf(store);
      tally.places.push(place);
      tally.revisions++;
    },
    forget(place) {
      for (const [store, tally] of tallies) {
        const { places } = tally;
        const gone = countPassing(places.length, (at) => (places[at] ?? 0) <= place);
        if (gone === places.length) tallies.delete(store);
        else if (gone > 0) tally.places = places.slice(gone);
      }
    },
    of: (store) => tallies.get(store),
    all: () => tallies,
  };
}
