import type { Socket } from "phoenix";
import type { JsonObject } from "../wire/json";
import { composeRootId } from "../wire/mount";
import { type Result, success } from "../wire/result";
import type { CommandResult } from "./command-result";
import { perRootWire } from "./per-root-wire";
import { type MountFailure, type Report, RootSession, type RootSnapshot } from "./root-session";
import type { RootSpec, Wire } from "./wire";

/** A mounted root, as one caller of `mount` holds it. */
export type Root = {
  readonly root_id: string;
  readonly snapshot: () => RootSnapshot;
  /** Calls `listener` after every change. Returns the undo. */
  readonly subscribe: (listener: (snapshot: RootSnapshot) => void) => () => void;
  /** Sends a command to a store of the root, `[]` being the root itself. Never rejects. */
  readonly command: (
    storeId: readonly string[],
    name: string,
    payload?: JsonObject,
  ) => Promise<CommandResult>;
  /** Gives this caller's hold up; the root is unmounted with the last one. */
  readonly unmount: () => Promise<void>;
};

export type MusubiClient = {
  /**
   * Mounts a root and waits for its first state. A second mount of the same module and id shares the first
   * one, params and all, and costs no traffic. Never rejects.
   */
  readonly mount: (spec: RootSpec) => Promise<Result<Root, MountFailure>>;
};

export type ClientOptions = {
  readonly report: Report;
  readonly wire?: Wire;
};

type Holding = { readonly session: RootSession; holders: number };

/** A client of a Musubi server over `socket`, which the caller connects and disconnects. */
export function createClient(socket: Socket, { report, wire = perRootWire }: ClientOptions): MusubiClient {
  const holdings = new Map<string, Holding>();

  function hold(spec: RootSpec): Holding {
    const rootId = composeRootId(spec.module, spec.id);
    const present = holdings.get(rootId);
    if (present !== undefined && present.session.snapshot().status !== "unmounted") return present;
    const fresh = { session: new RootSession(socket, spec, wire, report), holders: 0 };
    holdings.set(rootId, fresh);
    return fresh;
  }

  function release(holding: Holding): Promise<void> {
    const { session } = holding;
    holding.holders -= 1;
    if (holding.holders > 0) return Promise.resolve();
    if (holdings.get(session.root_id) === holding) holdings.delete(session.root_id);
    return session.close();
  }

  return {
    mount: async (spec) => {
      const holding = hold(spec);
      holding.holders += 1;
      const mounted = await holding.session.ready;
      return mounted.ok
        ? success(
            toRoot(
              holding.session,
              once(() => release(holding)),
            ),
          )
        : mounted;
    },
  };
}

function toRoot(session: RootSession, unmount: () => Promise<void>): Root {
  return {
    root_id: session.root_id,
    snapshot: () => session.snapshot(),
    subscribe: (listener) => session.subscribe(listener),
    command: (store_id, name, payload = {}) => session.command({ store_id, name, payload }),
    unmount,
  };
}

function once<Value>(run: () => Promise<Value>): () => Promise<Value> {
  let result: Promise<Value> | null = null;
  return () => {
    result ??= run();
    return result;
  };
}
