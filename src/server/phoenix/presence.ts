import { randomBytes } from "node:crypto";
import type { JsonObject } from "../../wire/json";
import { EVENT } from "../../wire/protocol";
import { failure, type Result, success } from "../../wire/result";
import type { ChannelHandle } from "./channel-handle";
import { type PresenceDiff, type PresenceState, PresenceTable, toState } from "./presence-table";
import type { PubSub } from "./pubsub";

/** The channel that a presence belongs to: any socket of it will do. */
export type PresenceOwner = { readonly topic: string; readonly channel: ChannelHandle };

/** A key's new meta, or what makes it of the present one, `phx_ref` included. */
type MetaUpdate = JsonObject | ((meta: JsonObject) => JsonObject);

/**
 * Who is there, topic by topic (wire.md 1.7). A key is whoever the application means, a user's id say; each channel
 * that tracks it has one meta under it, so that a user with two tabs is one key with two metas. Every change is
 * broadcast to the topic as `presence_diff`; a channel pushes `list(topic)` as `presence_state` to its client itself,
 * after it joined. What a channel tracks is untracked when it ends, whatever ends it.
 *
 * One over several machines has the same functions, and takes more behind them: every machine holds the metas of all
 * (each is owned by the machine of its channel, which alone changes it, so that states merge without conflict), tells
 * the others of its changes and learns what it missed when it comes anew, and drops the metas of a machine that is
 * gone. `list` is then what this machine knows, which may be late. What may not change: clients that merge the diffs
 * of one machine get that machine's list, and a `phx_ref` is never given twice.
 */
export type Presence = {
  /** Adds `meta` under `key`. Gives its `phx_ref`; a channel can have one meta under a key. */
  readonly track: (owner: PresenceOwner, key: string, meta: JsonObject) => Result<string, "already_tracked">;
  /** Replaces the channel's meta under `key`. Gives the new `phx_ref`; `phx_ref_prev` in the meta is the old one. */
  readonly update: (owner: PresenceOwner, key: string, meta: MetaUpdate) => Result<string, "not_tracked">;
  /** Removes the channel's meta under `key`, or under every key. What is not tracked needs no removal. */
  readonly untrack: (owner: PresenceOwner, key?: string) => void;
  /** Who is present: the payload of `presence_state`. */
  readonly list: (topic: string) => PresenceState;
};

/** Presence of the channels of this process. `newRef` gives refs that are never the same. */
export function createPresence(pubsub: PubSub, newRef: () => string = randomRef): Presence {
  return new LocalPresence(pubsub, newRef);
}

/** As long as Phoenix's own. */
const REF_BYTES = 12;

function randomRef(): string {
  return randomBytes(REF_BYTES).toString("base64url");
}

/** One topic: its metas, and for each channel that has some, their keys and the undo of waiting for its end. */
type Room = { readonly table: PresenceTable; readonly trackings: Map<ChannelHandle, Tracking> };

type Tracking = { readonly keys: Set<string>; forgetExit: (() => void) | null };

class LocalPresence implements Presence {
  readonly #pubsub: PubSub;
  readonly #newRef: () => string;
  readonly #rooms = new Map<string, Room>();
  readonly #diffs: { readonly topic: string; readonly diff: PresenceDiff }[] = [];
  #isBroadcasting = false;

  constructor(pubsub: PubSub, newRef: () => string) {
    this.#pubsub = pubsub;
    this.#newRef = newRef;
  }

  readonly track: Presence["track"] = ({ topic, channel }, key, meta) => {
    const room = this.#rooms.get(topic) ?? { table: new PresenceTable(), trackings: new Map() };
    if (room.table.find(channel, key) !== null) return failure("already_tracked");
    const phx_ref = this.#newRef();
    const joined = { ...meta, phx_ref };
    const tracking = room.trackings.get(channel) ?? { keys: new Set(), forgetExit: null };
    this.#rooms.set(topic, room);
    room.trackings.set(channel, tracking);
    room.table.add(channel, key, joined);
    tracking.keys.add(key);
    this.#broadcast(topic, { joins: toState([[key, [joined]]]), leaves: {} });
    // Last, because a channel that has ended already calls at once.
    tracking.forgetExit ??= channel.onExit(() => this.untrack({ topic, channel }));
    return success(phx_ref);
  };

  readonly update: Presence["update"] = ({ topic, channel }, key, update) => {
    const table = this.#rooms.get(topic)?.table;
    const left = table?.find(channel, key) ?? null;
    if (table === undefined || left === null) return failure("not_tracked");
    const meta = typeof update === "function" ? update(left) : update;
    const phx_ref = this.#newRef();
    const joined = { ...meta, phx_ref, phx_ref_prev: left.phx_ref ?? null };
    table.replace(channel, key, joined);
    this.#broadcast(topic, { joins: toState([[key, [joined]]]), leaves: toState([[key, [left]]]) });
    return success(phx_ref);
  };

  readonly untrack: Presence["untrack"] = ({ topic, channel }, key) => {
    const room = this.#rooms.get(topic);
    const tracking = room?.trackings.get(channel);
    if (room === undefined || tracking === undefined) return;
    const leaves: [string, JsonObject[]][] = [];
    for (const gone of key === undefined ? [...tracking.keys] : [key]) {
      const meta = room.table.remove(channel, gone);
      if (meta !== null) leaves.push([gone, [meta]]);
      tracking.keys.delete(gone);
    }
    if (tracking.keys.size === 0) {
      room.trackings.delete(channel);
      tracking.forgetExit?.();
    }
    if (room.table.isEmpty) this.#rooms.delete(topic);
    if (leaves.length > 0) this.#broadcast(topic, { joins: {}, leaves: toState(leaves) });
  };

  readonly list: Presence["list"] = (topic) => this.#rooms.get(topic)?.table.list() ?? {};

  /** In the order of the changes, also where what a subscriber does about a diff is the next change. */
  #broadcast(topic: string, diff: PresenceDiff): void {
    this.#diffs.push({ topic, diff });
    if (this.#isBroadcasting) return;
    this.#isBroadcasting = true;
    const errors: unknown[] = [];
    for (let next = this.#diffs.shift(); next !== undefined; next = this.#diffs.shift()) {
      try {
        this.#pubsub.broadcast({ topic: next.topic, event: EVENT.presenceDiff, payload: next.diff });
      } catch (error) {
        errors.push(error);
      }
    }
    this.#isBroadcasting = false;
    if (errors.length > 0) throw errors[0];
  }
}
