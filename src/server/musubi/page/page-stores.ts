import { describeError } from "../../log";
import type { Assigns } from "../../phoenix/assigns";
import type { StopReason } from "../../phoenix/channel-handle";
import type { Timers } from "../../timers";
import type { MusubiSocket, StoreId } from "../socket";
import type { Store, TerminateReason } from "../store";
import type { Telemetry } from "../telemetry";
import { createUploadHub } from "../uploads/upload-hub";
import { Callbacks } from "./callbacks";
import { EffectRunner } from "./effect-runner";
import type { Cause } from "./lens-message";
import type { PageJobs } from "./page-jobs";
import { mergeReports, type RenderReport, StoreRenderer } from "./render-store";
import { StoreMail } from "./store-mail";
import type { StoreNode } from "./store-node";
import { StoreTasks } from "./store-tasks";
import { type Resolution, StoreTree } from "./store-tree";
import type { UploadHub } from "./upload-hub";

type PageContext = {
  readonly rootId: string | null;
  readonly timers: Timers;
  readonly telemetry: Telemetry;
  readonly jobs: PageJobs;
};

/** How often stores may change each other in one cycle before they must come to rest. */
const MAX_PASSES = 100;

const INFO: Cause = { kind: "info", name: null };
const UPLOAD: Cause = { kind: "upload", name: null };
const SENT_UPDATE: Cause = { kind: "send_update", name: null };

/** The stores of one page, and all that they have: tasks, mail, uploads. Everything here happens in the page's queue. */
export class PageStores {
  readonly tree: StoreTree;
  readonly callbacks: Callbacks;
  readonly effects: EffectRunner;
  readonly hub: UploadHub;
  readonly #jobs: PageJobs;
  readonly #tasks: StoreTasks;
  readonly #mail: StoreMail;

  /** `socket` is the root's, as `startRoot` gave it. */
  constructor(store: Store, socket: MusubiSocket<Assigns>, { rootId, timers, telemetry, jobs }: PageContext) {
    this.#jobs = jobs;
    const adopt = this.#adopt;
    this.callbacks = new Callbacks({ rootId, telemetry, timers, adopt });
    this.#tasks = new StoreTasks({
      rootId,
      telemetry,
      timers,
      adopt,
      post: (name, job) => jobs.post({ kind: "async", name }, job),
      handleAsync: (node, name, result) => this.callbacks.async(node, name, result),
    });
    this.#mail = new StoreMail({
      timers,
      deliver: (node, message, topic) => jobs.post(INFO, () => this.callbacks.info(node, message, topic)),
    });
    this.hub = this.#createHub(socket, timers);
    this.tree = new StoreTree(store, socket, this.hub, new StoreRenderer(rootId, timers, telemetry));
    const [tree, tasks, mail] = [this.tree, this.#tasks, this.#mail];
    this.effects = new EffectRunner({
      rootId,
      telemetry,
      tree,
      tasks,
      mail,
      postUpdate: (storeId, assigns) => this.postUpdate(storeId, assigns),
    });
  }

  readonly #adopt = (node: StoreNode, made: MusubiSocket<Assigns>, callback?: string): void => {
    if (!node.isGone) this.tree.adopt(node, made, callback);
  };

  #createHub({ endpoint }: MusubiSocket<Assigns>, timers: Timers): UploadHub {
    return createUploadHub({
      enqueue: (job) => this.#jobs.runForOthers(UPLOAD, job),
      changed: () => this.#jobs.post(UPLOAD, () => {}),
      socketOf: (storeId) => this.tree.find(storeId)?.socket ?? null,
      commit: (storeId, made) => {
        const node = this.tree.find(storeId);
        if (node !== null) this.#adopt(node, made);
      },
      endpoint,
      timers,
    });
  }

  /** Gives `assigns` to the `update` of a store, when the page's queue comes to it. */
  postUpdate(storeId: StoreId, assigns: Assigns): void {
    this.#jobs.post(SENT_UPDATE, () => this.effects.sendUpdate(storeId, assigns));
  }

  /** Does what the callbacks asked for, and renders, until nothing changes any more. */
  settle(): Pick<Resolution, "wire" | "reports"> {
    const reports: RenderReport[] = [];
    for (let pass = 0; pass < MAX_PASSES; pass += 1) {
      this.effects.drain();
      const resolution = this.tree.resolve();
      for (const report of resolution.reports) reports.push(report);
      for (const node of resolution.discarded) this.#drop(node);
      this.effects.drain();
      if (!this.tree.root.isStale) return { wire: resolution.wire, reports: mergeReports(reports) };
    }
    const { module } = this.tree.root.store;
    throw new Error(`The stores of ${module} do not come to rest: each render has another store change.`);
  }

  /** Ends all of them, the innermost first. */
  stop(reason: StopReason): void {
    this.#tasks.stop();
    this.#mail.stop();
    this.hub.stop();
    for (const node of [...this.tree.nodes()].reverse()) terminate(node, reason);
  }

  #drop(node: StoreNode): void {
    this.#tasks.drop(node);
    this.#mail.drop(node);
    if (node.store.uploads.size > 0) this.hub.discardStore(node.storeId, node.socket);
    terminate(node, { kind: "discarded" });
  }
}

/** What `terminate` throws harms nobody: the store is gone anyhow. */
function terminate({ store, socket }: StoreNode, reason: TerminateReason): void {
  try {
    store.terminate(reason, socket);
  } catch (error) {
    socket.endpoint?.log(`${store.module}'s terminate failed: ${describeError(error)}`);
  }
}
