import type { MountRequest } from "../../wire/mount";
import type { RootKey, UploadOwner } from "../live";
import type { ChannelRecord } from "./channel";
import type { JoinedKind } from "./channel-kind";
import type { CommandRecord } from "./command";
import type { Exchange } from "./timeline-entry";

/** A push that may be answered. */
export type PendingPush = {
  readonly seq: number;
  readonly topic: string;
  /** The instance that it was sent on; null where none was joined. */
  readonly channel: ChannelRecord | null;
  readonly purpose: Purpose;
  readonly exchange: Exchange;
};

/** What the reply to a push will mean. */
export type Purpose =
  | { readonly kind: "join"; readonly mounts: JoinedKind["mounts"] }
  | { readonly kind: "leave" }
  | { readonly kind: "mount"; readonly request: MountRequest | null }
  | { readonly kind: "unmount"; readonly root_id: string | null }
  | { readonly kind: "command"; readonly command: CommandRecord }
  | { readonly kind: "upload"; readonly upload: UploadPush }
  | { readonly kind: "heartbeat" | "other" };

/** A push about uploads. `owner` is known of an `allow_upload` for a root that is known. */
export type UploadPush = {
  readonly what: "allow" | "cancel" | "progress" | "error" | "chunk";
  readonly root_key: RootKey | null;
  readonly store_key: string | null;
  readonly owner: UploadOwner | null;
};

/** Pushes that await a reply, by ref. Nearly always one a ref; a client that uses one twice has them answered in order. */
export type PendingPushes = Map<string, PendingPush[]>;

/** A ref that a hostile page uses over and over keeps only its newest pushes. */
const MAX_PUSHES_PER_REF = 16;

/** Remembers a push. Returns whether its ref was still awaiting a reply. */
export function addPending(pending: PendingPushes, ref: string, push: PendingPush): boolean {
  const sameRef = pending.get(ref);
  if (sameRef === undefined) {
    pending.set(ref, [push]);
    return false;
  }
  if (sameRef.push(push) > MAX_PUSHES_PER_REF) sameRef.shift();
  return true;
}

/** No longer waits for the push that has waited longest. */
export function dropOldestPending(pending: PendingPushes): void {
  const [oldest] = pending.keys();
  if (oldest !== undefined) pending.delete(oldest);
}

/** The push that a reply with this ref and topic answers; it awaits no further reply. */
export function takePending(pending: PendingPushes, ref: string, topic: string): PendingPush | undefined {
  const sameRef = pending.get(ref);
  if (sameRef === undefined) return undefined;
  const at = sameRef.findIndex((push) => push.topic === topic);
  if (at === -1) return undefined;
  const [push] = sameRef.splice(at, 1);
  if (sameRef.length === 0) pending.delete(ref);
  return push;
}
