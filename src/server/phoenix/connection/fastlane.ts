import type { Result } from "../../../wire/result";
import type { Broadcast } from "../pubsub";
import type { Serializer } from "../serializers/serializer";

type Encoded = Result<string | Uint8Array, string>;

/** By broadcast and serializer: a broadcast is encoded once, however many clients it goes to. */
const encodedBroadcasts = new WeakMap<Broadcast, Map<Serializer, Encoded>>();

/** The frame of a broadcast, the same for every client of one serializer. */
export function encodeBroadcast(broadcast: Broadcast, serializer: Serializer): Encoded {
  const bySerializer = encodedBroadcasts.get(broadcast) ?? new Map<Serializer, Encoded>();
  encodedBroadcasts.set(broadcast, bySerializer);
  const known = bySerializer.get(serializer);
  if (known !== undefined) return known;
  const { topic, event, payload } = broadcast;
  const encoded = serializer.encode({ kind: "broadcast", topic, event, payload });
  bySerializer.set(serializer, encoded);
  return encoded;
}
