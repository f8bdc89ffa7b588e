import type { JsonObject } from "../../wire/json";
import { createQueue, type Queue } from "../queue";
import type { Assigns } from "./assigns";
import type { Command, CommandReply } from "./command";
import { diff } from "./diff";
import { createEnvelope, type PatchEnvelope } from "./envelope";
import { createSocket } from "./socket";
import type { CommandAnswer, Store } from "./store";
import { StoreTree } from "./store-tree";

export type PageOptions = {
  readonly store: Store;
  readonly root_id: string;
  readonly params: JsonObject;
  /** Gets every envelope, in order of versions, without gaps. */
  readonly emit: (envelope: PatchEnvelope) => void;
};

/**
 * The runtime of one mounted root: its stores, its version, and one queue in which everything happens to
 * them. It knows no channel, so both wires can carry it.
 */
export class Page {
  readonly #options: PageOptions;
  readonly #tree: StoreTree;
  readonly #queue: Queue = createQueue();
  #version = 0;
  #wire: JsonObject | null = null;
  #isStopped = false;

  private constructor(options: PageOptions, tree: StoreTree) {
    this.#options = options;
    this.#tree = tree;
  }

  /** Mounts the root and emits its first envelope, 0 -> 1. Rejects with what `mount` or `render` throws. */
  static async start(options: PageOptions): Promise<Page> {
    const { store, params } = options;
    const socket = await store.mount(params, createSocket(store.module, [], {}));
    const page = new Page(options, new StoreTree(store, socket));
    page.#flush();
    return page;
  }

  /**
   * Runs a command after those before it. Its envelope, where it has one, is emitted before this resolves;
   * rejects with what the handler or a render throws: then the page is beyond use.
   */
  command(command: Command): Promise<CommandReply> {
    return this.#queue.run(() => this.#run(command));
  }

  /** Nothing is emitted any more, whatever still runs. */
  stop(): void {
    this.#isStopped = true;
  }

  async #run({ store_id, name, payload }: Command): Promise<CommandReply> {
    const node = this.#tree.find(store_id);
    if (node === null) return refusal("unknown store");
    const handle = node.store.commands.get(name);
    if (handle === undefined) return refusal("unknown command");
    const { status, response, socket }: CommandAnswer<Assigns> = await handle(payload, node.socket);
    this.#tree.commit(node, socket);
    this.#flush();
    return { status, response };
  }

  /** Idle cycles emit nothing, so that versions have no gaps (wire.md 7). */
  #flush(): void {
    const before = this.#wire;
    const after = this.#tree.resolve();
    const ops = before === null ? [{ op: "replace", path: "", value: after } as const] : diff(before, after);
    this.#wire = after;
    if (ops.length === 0 || this.#isStopped) return;
    this.#options.emit(createEnvelope(this.#options.root_id, this.#version, ops));
    this.#version += 1;
  }
}

function refusal(reason: string): CommandReply {
  return { status: "error", response: { reason } };
}
