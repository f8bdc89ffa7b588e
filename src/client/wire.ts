import type { Socket } from "phoenix";
import type { Json, JsonObject } from "../wire/json";
import type { PushOutcome } from "./push";

/** What to mount: a root store's module, the id that the caller chose, the params of its mount. */
export type RootSpec = { readonly module: string; readonly id: string; readonly params: JsonObject };

/** What happens to a root on the wire that carries it. */
export type LinkEvent =
  /**
   * The server agreed to the mount, for the first time or again, under this root id: the next envelope is 0 -> 1.
   */
  | { readonly kind: "agreed"; readonly root_id: string }
  | { readonly kind: "refused"; readonly response: Json }
  | { readonly kind: "timeout" }
  | { readonly kind: "patch"; readonly payload: Json }
  /** The connection or the root's channel broke; the link mounts again by itself. */
  | { readonly kind: "lost" }
  /** The server ended the root. It will not come back. */
  | { readonly kind: "closed" };

/** One root on the wire, from its mount to `close`. */
export type RootLink = {
  /** Sends a message of the root, to which the wire adds what it needs; `settle` is called once at most. */
  readonly push: (event: string, payload: JsonObject, settle: (outcome: PushOutcome) => void) => void;
  /** Unmounts and mounts again: the way out of a version gap (wire.md 12). */
  readonly remount: () => void;
  /** Unmounts. Resolves when the server has answered, or will not. No event comes after the call. */
  readonly close: () => Promise<void>;
};

/** How roots are carried. One of these for each wire of wire.md 3. No event may come before it has returned. */
export type Wire = (socket: Socket, spec: RootSpec, tell: (event: LinkEvent) => void) => RootLink;
