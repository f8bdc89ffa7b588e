import type { JsonObject } from "../../wire/json";

export type Broadcast = { readonly topic: string; readonly event: string; readonly payload: JsonObject };

/**
 * Delivers broadcasts to everyone who subscribed to their topic. An implementation over several machines
 * needs the same two functions and two promises: broadcasts of one publisher to one topic arrive in their
 * order, and a subscriber gets nothing after its undo was called.
 */
export type PubSub = {
  /** Returns the undo. */
  readonly subscribe: (topic: string, deliver: (broadcast: Broadcast) => void) => () => void;
  readonly broadcast: (broadcast: Broadcast) => void;
};

/** Publish and subscribe within this process; delivers before `broadcast` returns. */
export function createPubSub(): PubSub {
  const subscribers = new Map<string, Set<(broadcast: Broadcast) => void>>();
  return {
    subscribe: (topic, deliver) => {
      const ofTopic = subscribers.get(topic) ?? new Set();
      subscribers.set(topic, ofTopic.add(deliver));
      return () => {
        ofTopic.delete(deliver);
        if (ofTopic.size === 0 && subscribers.get(topic) === ofTopic) subscribers.delete(topic);
      };
    },
    broadcast: (broadcast) => {
      for (const deliver of [...(subscribers.get(broadcast.topic) ?? [])]) deliver(broadcast);
    },
  };
}
