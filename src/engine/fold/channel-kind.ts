import type { Json } from "../../wire/json";
import { composeRootId, isNamedMount, type NamedMount, readMountRequest } from "../../wire/mount";
import { TOPIC } from "../../wire/protocol";
import type { ChannelKind, Wire } from "../inspection";

/** What a join tells of the channel that it opens. */
export type JoinedKind = {
  readonly kind: ChannelKind;
  /** Where the join itself mounts a root: what it mounts, and on which wire. */
  readonly mounts: { readonly mount: NamedMount; readonly wire: Wire } | null;
};

/**
 * Tells the kind of a channel from its join alone (wire.md 3). Later frames may tell more: a `mount` push or a patch
 * makes a connection of a `musubi:*` channel.
 *
 * @param before the kind of the topic's instance before, if there was one
 */
export function kindOfJoin(topic: string, payload: Json, before: ChannelKind | undefined): JoinedKind {
  if (topic.startsWith(TOPIC.uploadPrefix)) return { kind: "upload", mounts: null };
  const request = readMountRequest(payload);
  if (isNamedMount(request) && topic.endsWith(`:${composeRootId(request.module, request.id)}`)) {
    return { kind: "root", mounts: { mount: request, wire: "per_root" } };
  }
  if (!isMusubiTopic(topic)) return { kind: "plain", mounts: null };
  if (before === "connection") return { kind: "connection", mounts: null };
  if (isNamedMount(request)) return { kind: "root", mounts: { mount: request, wire: "adapter" } };
  return { kind: topic === TOPIC.connection ? "connection" : "plain", mounts: null };
}

/** Whether this is a topic on which Musubi may speak (wire.md 3). */
export function isMusubiTopic(topic: string): boolean {
  return topic.startsWith(TOPIC.musubiPrefix);
}
