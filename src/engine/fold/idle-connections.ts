import { countPassing } from "../content/count-passing";

/** Connections whose newest transport has closed, and which the next one to the same endpoint may continue. */
export type IdleConnections<Connection> = {
  readonly add: (connection: Connection, url: string) => void;
  /** Takes one with the very URL first, then the oldest; undefined where there is none. */
  readonly take: (url: string) => Connection | undefined;
};

/** Older connections have smaller ids. */
export function createIdleConnections<
  Connection extends { readonly id: number },
>(): IdleConnections<Connection> {
  /** Oldest first. */
  const all: Waiting<Connection>[] = [];
  const byUrl = new Map<string, Waiting<Connection>[]>();

  function drop(list: Waiting<Connection>[], waiting: Waiting<Connection>): void {
    list.splice(placeIn(list, waiting), 1);
  }

  return {
    add(connection, url) {
      const waiting: Waiting<Connection> = { connection, url };
      const same = byUrl.get(url) ?? [];
      byUrl.set(url, same);
      for (const list of [all, same]) list.splice(placeIn(list, waiting), 0, waiting);
    },
    take(url) {
      const taken = byUrl.get(url)?.[0] ?? all[0];
      if (taken === undefined) return undefined;
      const same = byUrl.get(taken.url) ?? [];
      for (const list of [all, same]) drop(list, taken);
      if (same.length === 0) byUrl.delete(taken.url);
      return taken.connection;
    },
  };
}

type Waiting<Connection> = { readonly connection: Connection; readonly url: string };

/** How many in the list are older. */
function placeIn<Connection extends { readonly id: number }>(
  list: readonly Waiting<Connection>[],
  { connection }: Waiting<Connection>,
): number {
  return countPassing(list.length, (place) => (list[place]?.connection.id ?? 0) < connection.id);
}
