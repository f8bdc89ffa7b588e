import { type Channel, joined, noreply } from "../../../server/phoenix/channel";
import { isObjectPayload, type Payload } from "../../../server/phoenix/payload";
import { createPresence, type Presence } from "../../../server/phoenix/presence";
import type { PubSub } from "../../../server/phoenix/pubsub";
import { assign } from "../../../server/phoenix/socket";

type PresenceAssigns = { readonly name: string };

/** Said to the channel by itself once it has joined: a join cannot push. */
const JOINED = { kind: "joined" } as const;

/** Where a client says who it is, in the params of its join: the first of these that holds something. */
const NAME_KEYS = ["key", "name", "user", "user_id", "id"] as const;
const NAMELESS = "anonymous";
const MAX_NAME = 64;

/**
 * A plain channel that tracks who has joined it, under the name that its join params give: each gets `presence_state`,
 * and `presence_diff` from then on. Who says no name is `anonymous`.
 */
export function createPresenceChannel(): Channel<PresenceAssigns> {
  // Of each pub/sub its own: one socket may be served by several endpoints.
  const presences = new WeakMap<PubSub, Presence>();
  const presenceOf = (pubsub: PubSub): Presence => {
    const presence = presences.get(pubsub) ?? createPresence(pubsub);
    presences.set(pubsub, presence);
    return presence;
  };
  return {
    join: (payload, socket) => {
      socket.channel.send(JOINED);
      return joined(assign(socket, { name: nameOf(payload) }));
    },
    handleIn: (_event, _payload, socket) => noreply(socket),
    handleInfo: (message, socket) => {
      if (message !== JOINED) return noreply(socket);
      const presence = presenceOf(socket.pubsub);
      socket.channel.push("presence_state", presence.list(socket.topic));
      presence.track(socket, socket.assigns.name, { online_at: new Date().toISOString() });
      return noreply(socket);
    },
  };
}

function nameOf(payload: Payload): string {
  if (!isObjectPayload(payload)) return NAMELESS;
  for (const key of NAME_KEYS) {
    const value = Object.hasOwn(payload, key) ? payload[key] : undefined;
    const name = typeof value === "string" || typeof value === "number" ? String(value).trim() : "";
    if (name !== "") return name.slice(0, MAX_NAME);
  }
  return NAMELESS;
}
