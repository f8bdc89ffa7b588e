import { assertNever } from "../../../wire/assert-never";
import type { Json } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import type { Effect } from "../effect";
import type { StoreId } from "../socket";
import type { Telemetry } from "../telemetry";
import type { StoreMail } from "./store-mail";
import type { StoreNode } from "./store-node";
import type { StoreTasks } from "./store-tasks";
import type { StoreTree } from "./store-tree";

type EffectContext = {
  readonly rootId: string | null;
  readonly tree: StoreTree;
  readonly tasks: StoreTasks;
  readonly mail: StoreMail;
  readonly telemetry: Telemetry;
  /** Has `sendUpdate` run when the page's queue comes to it. */
  readonly postUpdate: (storeId: StoreId, assigns: Assigns) => void;
};

/** Does what the callbacks of a page's stores asked for. */
export class EffectRunner {
  readonly #context: EffectContext;

  constructor(context: EffectContext) {
    this.#context = context;
  }

  /** Everything that was asked for, and what that asks for in turn. Throws what the callbacks throw. */
  drain(): void {
    const { tree } = this.#context;
    // It comes to an end: only a store above can ask for more here, and a root has none.
    for (let asked = tree.takeEffects(); asked.length > 0; asked = tree.takeEffects()) {
      for (const { node, effect } of asked) if (!node.isGone) this.#perform(node, effect);
    }
  }

  /** Gives `assigns` to the `update` of the store, where there is one. */
  sendUpdate(storeId: readonly Json[], assigns: Assigns): void {
    const { tree, telemetry, rootId: root } = this.#context;
    const target = tree.find(storeId);
    if (target === null) {
      const { module } = tree.root.store;
      telemetry.emit("musubi.send_update.no_target", {}, { root, module, storeId });
      return;
    }
    tree.adopt(target, target.store.update(assigns, target.socket), "update");
  }

  #perform(node: StoreNode, effect: Effect): void {
    const { tree, tasks, mail, postUpdate } = this.#context;
    switch (effect.kind) {
      case "notify_parent":
        if (node.parent === null)
          throw new Error(`${node.store.module} is a root: it has no parent to notify.`);
        tree.adopt(node.parent, effect.change(node.parent.socket), "callback for its children");
        break;
      case "push_event":
        // The tree keeps events with their store, until they are sent.
        break;
      case "start_task":
        tasks.start(node, effect.request);
        break;
      case "cancel_task":
        tasks.cancel(node, effect.name, effect.reason);
        break;
      case "subscribe":
        mail.subscribe(node, effect.topic);
        break;
      case "unsubscribe":
        mail.unsubscribe(node, effect.topic);
        break;
      case "broadcast":
        mail.broadcast(node, effect.topic, effect.message);
        break;
      case "send":
        mail.send(node, effect.message, effect.afterMs);
        break;
      case "send_update":
        postUpdate(effect.storeId, effect.assigns);
        break;
      case "upload":
        effect.run();
        break;
      default:
        assertNever(effect);
    }
  }
}
