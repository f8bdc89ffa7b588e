import type { Timers } from "../../timers";
import type { StoreNode } from "./store-node";

/** The page, as its stores' mail sees it. */
type MailHost = {
  readonly timers: Timers;
  /** Has the store's `handleInfo` take a message, in the page's queue. `topic` is null for one that it sent to itself. */
  readonly deliver: (node: StoreNode, message: unknown, topic: string | null) => void;
};

type Mailbox = { readonly topics: Map<string, () => void>; readonly timers: Set<() => void> };

/** What the stores of one page subscribed to, and what they are still to get. */
export class StoreMail {
  readonly #host: MailHost;
  readonly #boxes = new Map<StoreNode, Mailbox>();

  constructor(host: MailHost) {
    this.#host = host;
  }

  subscribe(node: StoreNode, topic: string): void {
    const { topics } = this.#boxOf(node);
    if (topics.has(topic)) return;
    topics.set(
      topic,
      pubsubOf(node).subscribe(topic, (message) => this.#host.deliver(node, message, topic)),
    );
  }

  unsubscribe(node: StoreNode, topic: string): void {
    const { topics } = this.#boxOf(node);
    topics.get(topic)?.();
    topics.delete(topic);
  }

  broadcast(node: StoreNode, topic: string, message: unknown): void {
    pubsubOf(node).publish(topic, message);
  }

  /** To the store itself: at once, behind what waits for its page, where `afterMs` is null. */
  send(node: StoreNode, message: unknown, afterMs: number | null): void {
    if (afterMs === null) {
      this.#host.deliver(node, message, null);
      return;
    }
    const { timers } = this.#boxOf(node);
    const undo = this.#host.timers.after(afterMs, () => {
      timers.delete(undo);
      this.#host.deliver(node, message, null);
    });
    timers.add(undo);
  }

  /** The store is gone: nothing reaches it any more. */
  drop(node: StoreNode): void {
    const box = this.#boxes.get(node);
    if (box === undefined) return;
    this.#boxes.delete(node);
    for (const undo of [...box.topics.values(), ...box.timers]) undo();
  }

  stop(): void {
    for (const node of [...this.#boxes.keys()]) this.drop(node);
  }

  #boxOf(node: StoreNode): Mailbox {
    const box = this.#boxes.get(node) ?? { topics: new Map(), timers: new Set() };
    this.#boxes.set(node, box);
    return box;
  }
}

function pubsubOf({ socket: { endpoint, module } }: StoreNode) {
  if (endpoint !== null) return endpoint.pubsub;
  throw new Error(`${module} uses publish and subscribe, but its page runs on no endpoint.`);
}
