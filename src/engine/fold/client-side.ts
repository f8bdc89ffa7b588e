import type { Envelope } from "../../wire/envelope";
import type { Json } from "../../wire/json";
import { readStreamOp } from "../../wire/stream-op";
import type { StoreIndex } from "../content/store-index";
import { storeKey } from "../content/store-tree";
import { applyToList, type ClientLists, isSameList, listKey, listsHeld } from "./client-lists";
import { addDivergence, type Divergence, type OpenDivergence } from "./divergence";
import { endLostKeys, findLostKeys, type LostKey } from "./lost-key";

/** What the page's client holds of a root, as far as that differs from what the server said (divergence.ts). */
export type ClientSide = {
  readonly divergences: Divergence[];
  /** Lists that differ. */
  lists: ClientLists;
  /** All of its lists, from the moment on when it began to drop envelopes; null while it takes them. */
  frozen: ClientLists | null;
  missed: OpenDivergence | null;
  lost_keys: readonly LostKey[];
  /** An operation led through a key that it loses, since it was last looked for such. */
  may_have_lost: boolean;
  /** It found a version gap, and mounts the root again. */
  is_recovering: boolean;
  /** It holds nothing of the root: nothing was mounted yet, or the page let go of it. */
  has_let_go: boolean;
};

/** The client's side of a root that it has not mounted yet. */
export function createClientSide(): ClientSide {
  return {
    divergences: [],
    lists: new Map(),
    frozen: null,
    missed: null,
    lost_keys: [],
    may_have_lost: false,
    is_recovering: false,
    has_let_go: true,
  };
}

/** An envelope did not fit. One that did not await it rejects its mount, and keeps nothing. */
export function findGap(client: ClientSide, wasMounted: boolean): void {
  client.is_recovering = true;
  if (!wasMounted) client.has_let_go = true;
}

/** The page let go of the root. One that mounts it again by itself does so on the way, and keeps its lists. */
export function letGo(client: ClientSide, seq: number): void {
  if (!client.is_recovering && client.missed === null) endClient(client, seq);
}

/** The page has given the root up, or is gone. */
export function endClient(client: ClientSide, seq: number): void {
  client.has_let_go = true;
  client.frozen = null;
  client.is_recovering = false;
  endLists(client, new Map(), seq);
  endMissed(client, seq);
  endKeys(client, seq);
}

/**
 * A 0->1 envelope came. `awaited`: the client has mounted the root and takes it. `undue`: it drops it. `unseen`: too
 * little was seen to tell what it holds.
 * @param kept the lists that it keeps over a mount, as the server had said them; null on wires where it keeps none
 */
export function restartClient(
  client: ClientSide,
  seq: number,
  how: "awaited" | "undue" | "unseen",
  kept: Json,
): void {
  if (how === "undue") {
    client.frozen ??= listsHeld(kept, client.lists);
    if (client.missed !== null) return;
    const missed: OpenDivergence = { kind: "missed_envelope", from_seq: seq, to_seq: null };
    addDivergence(client.divergences, missed);
    client.missed = missed;
    return;
  }
  const keeps = how === "awaited" && kept !== null && !client.has_let_go;
  const lists = keeps ? (client.frozen ?? listsHeld(kept, client.lists)) : new Map();
  endLists(client, lists, seq);
  endMissed(client, seq);
  endKeys(client, seq);
  client.frozen = null;
  client.is_recovering = false;
  client.has_let_go = false;
}

/** Whether there is anything in which the client may differ, so that an envelope has to be followed. */
export function isFollowed({ lists, lost_keys, may_have_lost }: ClientSide): boolean {
  return may_have_lost || lists.size > 0 || lost_keys.length > 0;
}

/** An envelope was applied: what of it the client does otherwise, and whether both agree again. */
export function followEnvelope(
  client: ClientSide,
  seq: number,
  { ops, stream_ops }: Envelope,
  streams: Json,
  index: StoreIndex,
): void {
  client.may_have_lost = false;
  if (client.missed !== null) return;
  if (client.lists.size > 0) followStreams(client, seq, stream_ops, streams, index);
  if (client.lost_keys.length > 0) client.lost_keys = endLostKeys(client.lost_keys, ops, seq);
  client.lost_keys = findLostKeys(client.divergences, client.lost_keys, ops, seq);
}

function followStreams(
  { lists, divergences }: ClientSide,
  seq: number,
  stream_ops: readonly Json[],
  streams: Json,
  index: StoreIndex,
): void {
  for (const value of stream_ops) {
    const op = readStreamOp(value);
    const list = op === null ? undefined : lists.get(listKey(storeKey(op.store_id), op.stream));
    if (op !== null && list !== undefined) applyToList(list, op);
  }
  for (const [key, list] of lists) {
    if (!index.has(list.store) || isSameList(list, streams)) {
      if (list.divergence !== null) list.divergence.to_seq = seq;
      lists.delete(key);
    } else if (list.divergence === null) {
      const { store_id, stream } = list;
      const divergence: OpenDivergence = {
        ...{ kind: "stale_stream", store_id, stream },
        ...{ from_seq: seq, to_seq: null },
      };
      // Without room for it the list is not followed either.
      if (addDivergence(divergences, divergence)) list.divergence = divergence;
      else lists.delete(key);
    }
  }
}

/** Goes on with other lists. What was told of those that are not among them has ended. */
function endLists(client: ClientSide, next: ClientLists, seq: number): void {
  for (const before of [client.lists, client.frozen ?? new Map()]) {
    for (const [key, list] of before) {
      if (list.divergence !== null && next.get(key) !== list) list.divergence.to_seq = seq;
    }
  }
  client.lists = next;
}

function endMissed(client: ClientSide, seq: number): void {
  if (client.missed !== null) client.missed.to_seq = seq;
  client.missed = null;
}

function endKeys(client: ClientSide, seq: number): void {
  for (const { divergence } of client.lost_keys) divergence.to_seq = seq;
  client.lost_keys = [];
}
