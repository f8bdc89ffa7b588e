import { createMultiplexedWire } from "../../src/client/multiplexed-wire";
import { perRootWire } from "../../src/client/per-root-wire";
import type { Wire } from "../../src/client/wire";

export type WireCase = {
  /** As the server's sockets name it. */
  readonly name: "per_root" | "multiplexed";
  readonly wire: Wire;
  /** The topic and the id of the root "c1" of a module. */
  readonly place: (module: string) => { readonly topic: string; readonly root_id: string };
};

/** Both ways to carry roots, impatient like the socket of `connect`. */
export const BOTH_WIRES: readonly WireCase[] = [
  {
    name: "per_root",
    wire: perRootWire,
    place: (module) => ({ topic: `musubi:connection:${module}:c1`, root_id: `${module}:c1` }),
  },
  {
    name: "multiplexed",
    wire: createMultiplexedWire({ remountAfterMs: () => 10 }),
    place: () => ({ topic: "musubi:connection", root_id: "c1" }),
  },
];
