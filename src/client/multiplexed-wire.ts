import type { Socket } from "phoenix";
import type { JsonObject } from "../wire/json";
import { TOPIC } from "../wire/protocol";
import { MultiplexedLink } from "./multiplexed-link";
import { SharedConnection } from "./shared-connection";
import type { Wire } from "./wire";

export type MultiplexedOptions = {
  /** Of the connection channel; any `musubi:*` will do (wire.md 3). */
  readonly topic?: string;
  /** What the channel is joined with, which the server's `handle_join` sees. */
  readonly joinParams?: JsonObject;
  /**
   * How long to wait before a root that was mounted before is mounted again, where the last try failed, in
   * milliseconds; tries are counted from 1. By default as phoenix.js waits before it joins again.
   */
  readonly remountAfterMs?: (tries: number) => number;
};

const REMOUNT_AFTER_MS = [1_000, 2_000, 5_000];
const REMOUNT_AT_LAST_AFTER_MS = 10_000;

/**
 * All roots of a socket over one connection channel (wire.md 4), which the first mount joins and the last unmount
 * leaves. After a reconnect, or after a crash on the server, this one mounts the roots again by itself; the client of
 * Musubi 0.6.1 left that to the app (wire.md 12). A root whose very first mount crashes the channel is given up, for
 * it would take the others down with it for ever.
 */
export function createMultiplexedWire({
  topic = TOPIC.connection,
  joinParams = {},
  remountAfterMs = (tries) => REMOUNT_AFTER_MS[tries - 1] ?? REMOUNT_AT_LAST_AFTER_MS,
}: MultiplexedOptions = {}): Wire {
  const connections = new WeakMap<Socket, SharedConnection>();

  function connect(socket: Socket): SharedConnection {
    const known = connections.get(socket);
    if (known !== undefined) return known;
    const fresh: SharedConnection = new SharedConnection(socket, topic, joinParams, () => {
      if (connections.get(socket) === fresh) connections.delete(socket);
    });
    connections.set(socket, fresh);
    return fresh;
  }

  return (socket, spec, tell) => new MultiplexedLink(connect(socket), spec, tell, remountAfterMs);
}

/** The multiplexed wire as Musubi's own client has it. */
export const multiplexedWire: Wire = createMultiplexedWire();
