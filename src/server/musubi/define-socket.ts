import { TOPIC } from "../../wire/protocol";
import { type Route, route } from "../phoenix/route";
import type { SocketDefinition } from "../phoenix/socket";
import { type HandleJoin, perRootChannel } from "./per-root";
import type { Store } from "./store";

export type MusubiSocketOptions = {
  /** The stores that clients may mount. Each must be declared with `root: true`. */
  readonly roots: readonly Store[];
  readonly connect?: SocketDefinition["connect"];
  /** Without it everyone may join. */
  readonly handleJoin?: HandleJoin;
  /** Further channels of the application; the first route that matches wins, these before Musubi's. */
  readonly routes?: readonly Route[];
};

/** Declares a socket on which clients mount `roots`, one channel each. */
export function defineSocket(options: MusubiSocketOptions): SocketDefinition {
  const { roots, connect, handleJoin = () => "ok", routes = [] } = options;
  for (const { module, root } of roots) {
    if (!root) throw new Error(`${module} cannot be a root of the socket: declare it with "root: true".`);
  }
  const byModule = new Map(roots.map((store) => [store.module, store]));
  const declared = [...routes, route(`${TOPIC.musubiPrefix}*`, perRootChannel(byModule, handleJoin))];
  return connect === undefined ? { routes: declared } : { routes: declared, connect };
}
