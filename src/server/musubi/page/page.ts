import type { Json, JsonObject } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import type { StopReason } from "../../phoenix/channel-handle";
import { systemTimers, type Timers } from "../../timers";
import type { Command, CommandReply } from "../command";
import type { MusubiSocket, StoreId } from "../socket";
import type { Store } from "../store";
import type { Telemetry } from "../telemetry";
import type { PatchEnvelope } from "./envelope";
import type { Cause, LensMessage } from "./lens-message";
import { takeOutgoing } from "./outgoing";
import { PageJobs } from "./page-jobs";
import { PageOutlet } from "./page-outlet";
import { PageStores } from "./page-stores";
import { startRoot } from "./start-store";
import type { UploadAnswer } from "./upload-hub";

export type PageOptions = {
  readonly store: Store;
  /** As it stands in envelopes; null where the wire has none (the adapter variant). */
  readonly rootId: string | null;
  readonly params: JsonObject;
  /** The joined connection's: assigns, session, connect info and what it runs on are taken over. */
  readonly socket: MusubiSocket<Assigns>;
  /** Gets all that is to be sent, in order; envelopes by version, without gaps. */
  readonly emit: (output: PageOutput) => void;
  /** Told once, where something other than a client's push crashed the page: it is beyond use. */
  readonly crashed: (error: unknown) => void;
  /**
   * Whether a command that a hook halted is followed by a render: so it is since Musubi 0.13, and where this says nothing.
   * Otherwise, as in 0.6.1, what the hook changed goes out with the next cycle (wire.md 11).
   */
  readonly rendersHalted?: boolean;
  /** Whether to tell what stores hold (lens.md). */
  readonly lens: boolean;
  readonly telemetry: Telemetry;
  readonly timers?: Timers;
};

export type PageOutput =
  | { readonly kind: "envelope"; readonly envelope: PatchEnvelope }
  | { readonly kind: "lens"; readonly message: LensMessage };

const MOUNT: Cause = { kind: "mount", name: null };
const INFO: Cause = { kind: "info", name: null };
const UPLOAD: Cause = { kind: "upload", name: null };

/**
 * The runtime of one mounted root: its stores, one queue in which everything happens to them, and the envelopes of what
 * changed. It knows no channel, so that all wires can carry it.
 */
export class Page {
  readonly #options: PageOptions;
  readonly #timers: Timers;
  readonly #jobs: PageJobs;
  readonly #stores: PageStores;
  readonly #outlet: PageOutlet;

  private constructor(options: PageOptions, socket: MusubiSocket<Assigns>) {
    const { rootId, telemetry, timers = systemTimers, store, emit, lens } = options;
    this.#options = options;
    this.#timers = timers;
    this.#jobs = new PageJobs({
      module: store.module,
      begin: (cause) => {
        this.#stores.tree.cause = cause;
      },
      finish: (cause) => this.#send(cause),
      fail: (error) => this.stop({ kind: "crash", error }),
      crashed: options.crashed,
    });
    this.#stores = new PageStores(store, socket, { rootId, timers, telemetry, jobs: this.#jobs });
    this.#outlet = new PageOutlet({
      rootId,
      module: store.module,
      timers,
      telemetry,
      emitEnvelope: (envelope) => emit({ kind: "envelope", envelope }),
      emitLens: lens ? (message) => emit({ kind: "lens", message }) : null,
    });
  }

  /** Mounts the root and emits its first envelope, 0 -> 1. Rejects with what the callbacks throw. */
  static async start(options: PageOptions): Promise<Page> {
    const socket = await startRoot(options.store, options.params, options.socket);
    const page = new Page(options, socket);
    await page.#jobs.run(MOUNT, () => {});
    return page;
  }

  /**
   * Runs a command after what waits before it. Its envelope, where it has one, is emitted before this resolves;
   * rejects with what a callback throws: then the page is beyond use.
   */
  async command(command: Command): Promise<CommandReply> {
    const cause: Cause = { kind: "command", name: command.name };
    const ran = await this.#jobs.run(
      cause,
      () => this.#runCommand(command),
      ({ isRendered }) => isRendered,
    );
    return ran.reply;
  }

  /** The four pushes of uploads (wire.md 9), each with its payload. They reject as `command` does. */
  allowUpload(message: Json): Promise<UploadAnswer> {
    return this.#jobs.run(UPLOAD, () => this.#stores.hub.allow(message));
  }

  cancelUpload(message: Json): Promise<UploadAnswer> {
    return this.#jobs.run(UPLOAD, () => this.#stores.hub.cancel(message));
  }

  uploadProgress(message: Json): Promise<UploadAnswer> {
    return this.#jobs.run(UPLOAD, () => this.#stores.hub.progress(message));
  }

  uploadError(message: Json): Promise<UploadAnswer> {
    return this.#jobs.run(UPLOAD, () => this.#stores.hub.error(message));
  }

  /** Gives `assigns` to the `update` of a store (wire.md 14); only telemetry is told where there is none. */
  sendUpdate(storeId: StoreId, assigns: Assigns): void {
    this.#stores.postUpdate(storeId, assigns);
  }

  /** A message for the root's `handleInfo`. */
  info(message: unknown): void {
    this.#jobs.post(INFO, () => this.#stores.callbacks.info(this.#stores.tree.root, message, null));
  }

  /** Ends all stores. Nothing is emitted any more, whatever still runs. */
  stop(reason: StopReason = { kind: "normal" }): void {
    if (this.#jobs.isEnded) return;
    this.#jobs.end();
    this.#stores.stop(reason);
  }

  async #runCommand(command: Command): Promise<RanCommand> {
    const { tree, callbacks, effects } = this.#stores;
    const node = tree.find(command.storeId);
    if (node === null) return refusal("unknown store");
    const declared = node.store.commands.get(command.name);
    if (declared === undefined) return refusal("unknown command");
    const { reply, isHalted } = await callbacks.command(node, declared, command);
    const isRendered = !isHalted || (this.#options.rendersHalted ?? true);
    // What the hook asked for besides, such as a message, does not wait for a render.
    if (!isRendered) effects.drain();
    return { reply, isRendered };
  }

  #send(cause: Cause): void {
    const { rootId: root, telemetry, store } = this.#options;
    const startedAt = this.#timers.now();
    const { wire, reports } = this.#stores.settle();
    const measurements = { duration: this.#timers.now() - startedAt, rendered: reports.length };
    telemetry.emit("musubi.resolve.stop", measurements, { root, module: store.module });
    const outgoing = takeOutgoing(this.#stores.tree.takeTalking(), root, telemetry);
    this.#outlet.send({ wire, reports, outgoing, uploadOps: this.#stores.hub.takeOps(), cause });
  }
}

type RanCommand = { readonly reply: CommandReply; readonly isRendered: boolean };

function refusal(reason: string): RanCommand {
  return { reply: { status: "error", response: { reason } }, isRendered: false };
}
