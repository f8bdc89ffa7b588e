import type { Socket } from "phoenix";
import type { Json, JsonObject } from "../wire/json";
import { EVENT } from "../wire/protocol";
import { type Result, success } from "../wire/result";
import type { CommandResult } from "./command-result";
import { HeldRoots, type Hold } from "./held-roots";
import { perRootWire } from "./per-root-wire";
import type { Report } from "./report";
import type { MountFailure } from "./root-session";
import type { RootSnapshot } from "./root-snapshot";
import { Upload, type UploadOptions } from "./upload";
import type { UploadSource } from "./upload-source";
import type { RootSpec, Wire } from "./wire";

/** A mounted root, as one caller of `mount` holds it. */
export type Root = {
  /** As the server gave it. */
  readonly root_id: string;
  /** What the root holds now: the same object until something changes. */
  readonly snapshot: () => RootSnapshot;
  /** Calls `listener` after every change. Returns the undo. */
  readonly subscribe: (listener: (snapshot: RootSnapshot) => void) => () => void;
  /**
   * Calls `listener` with the payload of every push event `name` of that store, after the state that came with it was
   * applied (wire.md 10). Returns the undo.
   */
  readonly on: (storeId: readonly string[], name: string, listener: (payload: Json) => void) => () => void;
  /** Sends a command to a store of the root, `[]` being the root itself. Never rejects. */
  readonly command: (
    storeId: readonly string[],
    name: string,
    payload?: JsonObject,
  ) => Promise<CommandResult>;
  /** Asks to send these files to an upload of that store; the upload's `start` sends them. */
  readonly upload: (
    storeId: readonly string[],
    name: string,
    files: readonly UploadSource[],
    options?: UploadOptions,
  ) => Upload;
  /**
   * Gives this caller's hold up; the root is unmounted with the last one, in the next task, so that whoever mounts it
   * again until then finds it as it was.
   */
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
  /** How the server carries roots: `perRootWire`, which is the default, or `multiplexedWire`. */
  readonly wire?: Wire;
};

/** A client of a Musubi server over `socket`, which the caller connects and disconnects. One is enough for a socket. */
export function createClient(socket: Socket, { report, wire = perRootWire }: ClientOptions): MusubiClient {
  const roots = new HeldRoots(socket, wire, report);
  return {
    mount: async (spec) => {
      const hold = roots.hold(spec);
      const mounted = await hold.session.ready;
      if (mounted.ok) return success(toRoot(socket, hold, report));
      void hold.release();
      return mounted;
    },
  };
}

function toRoot(socket: Socket, { session, release }: Hold, report: Report): Root {
  return {
    get root_id() {
      return session.root_id;
    },
    snapshot: () => session.snapshot(),
    subscribe: (listener) => session.subscribe(listener),
    on: (storeId, name, listener) => session.on(storeId, name, listener),
    command: (store_id, name, payload = {}) => session.push(EVENT.command, { store_id, name, payload }),
    upload: (storeId, name, files, options) => {
      const push = (event: string, payload: JsonObject) => session.push(event, payload);
      return new Upload({ socket, storeId, name, signal: session.mountSignal, push, report }, files, options);
    },
    unmount: release,
  };
}
