import type { Assigns } from "../phoenix/assigns";
import { isPlainObject } from "./equal";
import { isSocket } from "./page/start-store";
import type { MusubiSocket } from "./socket";

const REFUSALS = ["unauthorized", "not_found", "invalid_params", "forbidden"] as const;

/** Why `handleConnect` or `handleJoin` says no (wire.md 14). What the client then gets is the wire's affair. */
export type SocketRefusal = (typeof REFUSALS)[number];

/** What `handleConnect` and `handleJoin` answer. */
export type SocketAnswer =
  | { readonly kind: "ok"; readonly socket: MusubiSocket<Assigns> }
  /** Without a reason it is Musubi's plain `:error`. */
  | { readonly kind: "error"; readonly reason: SocketRefusal | null };

/**
 * Lets a client in. What the socket holds from here on, every root that is built from it finds in its `mount`.
 *
 *     ok(socket) // { kind: "ok", socket }
 */
export function ok(socket: MusubiSocket<Assigns>): SocketAnswer {
  return { kind: "ok", socket };
}

/**
 * Keeps a client out.
 *
 *     error() // { kind: "error", reason: null }
 *     error("forbidden") // { kind: "error", reason: "forbidden" }
 */
export function error(reason: SocketRefusal | null = null): SocketAnswer {
  return { kind: "error", reason };
}

/**
 * What `handleConnect` or `handleJoin` gave, where it is an answer; plain JavaScript may forget to return one. Neither lets
 * a client in nor says that it was refused where it is none: throws.
 */
export function checkAnswer(value: unknown, callback: "handleConnect" | "handleJoin"): SocketAnswer {
  if (isAnswer(value)) return value;
  throw new Error(
    `${callback} must answer with ok(socket), error() or error(reason), where the reason is one of ${REFUSALS.join(", ")}.`,
  );
}

function isAnswer(value: unknown): value is SocketAnswer {
  if (!isPlainObject(value)) return false;
  if (value.kind === "ok") return isSocket(value.socket);
  return (
    value.kind === "error" && (value.reason === null || REFUSALS.some((known) => known === value.reason))
  );
}
