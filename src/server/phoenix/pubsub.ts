import type { PushPayload } from "./payload";

type BroadcastFields = {
  readonly topic: string;
  readonly event: string;
  readonly payload: PushPayload;
  /** Whoever sent it, and so does not want it back (`broadcastFrom`): any value, compared by identity. */
  readonly from?: unknown;
};

/** A message for the clients on a topic. One object for all its subscribers, so that it is encoded only once. */
export class Broadcast {
  readonly topic: string;
  readonly event: string;
  readonly payload: PushPayload;
  readonly from: unknown;

  constructor({ topic, event, payload, from = null }: BroadcastFields) {
    this.topic = topic;
    this.event = event;
    this.payload = payload;
    this.from = from;
  }
}

/**
 * Publish and subscribe: by topic, broadcasts for clients as well as messages of the server to itself.
 *
 * An implementation over several machines is an adapter to something that exists for that (Redis, NATS, PostgreSQL's
 * LISTEN): it delivers here as `createPubSub` does, and hands what is published on to the other machines, which
 * deliver it there. It has to
 *
 * - keep the order: what one publisher sends to one topic arrives in that order at each subscriber;
 * - deliver nothing after the undo of a subscription was called;
 * - carry a `Broadcast` as its `topic`, `event` and `payload`, bytes included, and make one object of it for each
 *   machine; `from` means something on the machine of its sender only, where the comparison is done before sending;
 * - carry other messages as what they are: a message that is no JSON stays within its machine or is refused with an
 *   error, but is never changed;
 * - lose rather than wait: a machine that cannot be reached misses messages, and no publisher is held up.
 */
export type PubSub = {
  /** Gives everything published on `topic` to `deliver`; returns the undo. */
  readonly subscribe: (topic: string, deliver: (message: unknown) => void) => () => void;
  /** Gives `message`, which may be a `Broadcast`, to the subscribers of `topic`. Throws what a subscriber throws. */
  readonly publish: (topic: string, message: unknown) => void;
  /** Publishes a `Broadcast` of these fields on its topic. */
  readonly broadcast: (fields: BroadcastFields) => void;
};

/** Publish and subscribe within this process; delivers before `publish` returns. */
export function createPubSub(): PubSub {
  const subscribers = new Map<string, Set<(message: unknown) => void>>();

  function subscribe(topic: string, deliver: (message: unknown) => void): () => void {
    // One function may subscribe twice; each subscription has its own undo.
    const subscriber = (message: unknown) => deliver(message);
    const ofTopic = subscribers.get(topic) ?? new Set();
    subscribers.set(topic, ofTopic.add(subscriber));
    return () => {
      ofTopic.delete(subscriber);
      if (ofTopic.size === 0 && subscribers.get(topic) === ofTopic) subscribers.delete(topic);
    };
  }

  function publish(topic: string, message: unknown): void {
    const ofTopic = subscribers.get(topic);
    const errors: unknown[] = [];
    for (const deliver of [...(ofTopic ?? [])]) {
      // An earlier subscriber may have ended this one.
      if (ofTopic?.has(deliver) !== true) continue;
      try {
        deliver(message);
      } catch (error) {
        errors.push(error);
      }
    }
    // Everybody has got it; what cannot be sent is the publisher's affair.
    if (errors.length > 0) throw errors[0];
  }

  return {
    subscribe,
    publish,
    broadcast: (fields) => publish(fields.topic, new Broadcast(fields)),
  };
}
