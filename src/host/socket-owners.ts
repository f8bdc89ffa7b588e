import type { LiveConnection } from "../engine/engine";

/** Which connection each socket belongs to. */
export type SocketOwners = {
  /** Looks at the sockets that came since the last call. */
  readonly extend: () => void;
  /** The connection's id; undefined for a socket that is not followed. */
  readonly ownerOf: (socket: number) => number | undefined;
};

/** @param connections live, in the order of their ids */
export function createSocketOwners(connections: readonly LiveConnection[]): SocketOwners {
  const owners = new Map<number, number>();
  /** How many of its sockets are known of each connection. */
  const known: number[] = [];
  return {
    extend() {
      for (const [place, { id, sockets }] of connections.entries()) {
        for (let nth = known[place] ?? 0; nth < sockets.length; nth++) {
          const socket = sockets[nth];
          if (socket !== undefined) owners.set(socket, id);
        }
        known[place] = sockets.length;
      }
    },
    ownerOf: (socket) => owners.get(socket),
  };
}
