import { isStrings } from "../../wire/json";
import { utf8Length } from "../../wire/utf8-length";
import type { History } from "../content/history";
import { storeKey } from "../content/store-tree";
import type { CommandDocument, StoreId } from "../inspection";
import { type CommandTotals, totalCommands } from "./command-totals";
import type { StoreActivity } from "./store-activity";
import { readStoreKey } from "./store-node";
import type { SlotChurn } from "./store-tally";
import type { TextOf } from "./timeline-filter";

/** What a root amounts to. What its history had let go before it was first looked at is not counted. */
export type RootTotals = {
  readonly envelopes: number;
  /** Steps in its state, its streams, its uploads and what was shown of its assigns. */
  readonly operations: number;
  /** Bytes of the frames that brought its revisions, as far as their texts are kept. */
  readonly bytes: number;
  readonly first: Moment | null;
  readonly last: Moment | null;
  readonly commands: CommandTotals;
};

/** What a store amounts to. */
export type StoreTotals = {
  readonly store_id: StoreId;
  /** How many revisions changed it, how often it came and how often it went. */
  readonly revisions: number;
  readonly mounted: number;
  readonly unmounted: number;
  /** How many steps that was; where stores moved, as many as its fields that differ. */
  readonly operations: number;
  /** Bytes of the values that were written to it in them, as JSON. */
  readonly bytes: number;
  /** The slots that changed in the most revisions, those first; at most `MAX_TOP_SLOTS`. */
  readonly churn: readonly SlotChurn[];
  /** The first and the last revision that changed it, among those that are kept. */
  readonly first: Moment | null;
  readonly last: Moment | null;
  readonly commands: CommandTotals;
};

/** An event and when it came, in milliseconds. */
export type Moment = { readonly seq: number; readonly t: number };
type TimeOf = (seq: number) => number;

/** Slots of a store that are listed with how often they changed. */
const MAX_TOP_SLOTS = 20;

/** The sums over a root's revisions, kept up with its history: each revision is looked at once. */
export type RootSums = {
  /** Counts the revisions that have come since the last time. */
  readonly extend: () => Pick<RootTotals, "envelopes" | "operations" | "bytes"> & {
    readonly first_seq: number | null;
    readonly last_seq: number | null;
  };
};

/** Sums that count no revision yet. @param textOf the text of an event's frame */
export function createRootSums(history: History, textOf: TextOf): RootSums {
  let place = 0;
  let [envelopes, operations, bytes] = [0, 0, 0];
  let first_seq: number | null = null;
  let last_seq: number | null = null;
  return {
    extend() {
      for (place = Math.max(place, history.forgotten()); place < history.count(); place++) {
        const revision = history.headTo(place + 1);
        if (revision === undefined) throw new Error(`The history has no revision ${place + 1}.`);
        if (revision.kind === "envelope") envelopes++;
        operations += history.changesBefore(place + 1) - history.changesBefore(place);
        bytes += utf8Length(textOf(revision.seq) ?? "");
        first_seq ??= revision.seq;
        last_seq = revision.seq;
      }
      return { envelopes, operations, bytes, first_seq, last_seq };
    },
  };
}

/** @param commands the root's own (`commandsOf`) */
export function totalRoot(sums: RootSums, commands: readonly CommandDocument[], timeOf: TimeOf): RootTotals {
  const { envelopes, operations, bytes, first_seq, last_seq } = sums.extend();
  const [first, last] = [momentOf(first_seq, timeOf), momentOf(last_seq, timeOf)];
  return { envelopes, operations, bytes, first, last, commands: totalCommands(commands) };
}

/**
 * What every store of a root amounts to, in the order in which they came up; stores with commands only come last.
 * @param commands the root's own (`commandsOf`)
 */
export function totalStores(
  activity: StoreActivity,
  commands: readonly CommandDocument[],
  timeOf: TimeOf,
): readonly StoreTotals[] {
  activity.extend();
  const byStore = new Map<string, CommandDocument[]>();
  for (const command of commands) {
    // The server takes a command that names no store for one to the root store.
    const key = storeKey(isStrings(command.store_id) ? command.store_id : []);
    const known = byStore.get(key);
    if (known === undefined) byStore.set(key, [command]);
    else known.push(command);
  }
  const keys = new Set([...activity.tallies().keys(), ...byStore.keys()]);
  return [...keys].map((key) => totalStore(activity, key, byStore.get(key) ?? [], timeOf));
}

function totalStore(
  { history, tallies }: StoreActivity,
  key: string,
  commands: readonly CommandDocument[],
  timeOf: TimeOf,
): StoreTotals {
  const tally = tallies().get(key);
  const seqAt = (place: number | undefined) =>
    place === undefined ? null : (history.headTo(place)?.seq ?? null);
  const churn = [...(tally?.churn.values() ?? [])].sort((a, b) => b.revisions - a.revisions);
  return {
    store_id: readStoreKey(key),
    revisions: tally?.revisions ?? 0,
    mounted: tally?.mounted ?? 0,
    unmounted: tally?.unmounted ?? 0,
    operations: tally?.operations ?? 0,
    bytes: tally?.bytes ?? 0,
    churn: churn.slice(0, MAX_TOP_SLOTS),
    first: momentOf(seqAt(tally?.places[0]), timeOf),
    last: momentOf(seqAt(tally?.places.at(-1)), timeOf),
    commands: totalCommands(commands),
  };
}

function momentOf(seq: number | null, timeOf: TimeOf): Moment | null {
  return seq === null ? null : { seq, t: timeOf(seq) };
}
