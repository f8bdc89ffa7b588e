import { assertNever } from "../wire/assert-never";
import { fieldIn, type Json, type JsonObject } from "../wire/json";
import { composeRootId } from "../wire/mount";
import { EVENT } from "../wire/protocol";
import { isAlreadyMounted, type MountFault, rootIdOf, toLinkEvent } from "./mount-reply";
import type { PushOutcome } from "./push";
import type { ConnectionUser, SharedConnection, SharedOutcome } from "./shared-connection";
import type { LinkEvent, RootLink, RootSpec } from "./wire";

type LinkState =
  /** For the connection, for an earlier mount by this id to end, or for the next try. */
  | { readonly kind: "waiting" }
  | { readonly kind: "mounting"; readonly reply: Promise<SharedOutcome>; readonly early: Json[] }
  | { readonly kind: "mounted"; readonly root_id: string }
  | { readonly kind: "closed" };

/** Envelopes that are kept until the mount's reply says whether they are the root's. */
const MAX_EARLY_PATCHES = 100;

/** One root on a shared connection, from its mount to its end, over every loss of the connection. */
export class MultiplexedLink implements RootLink, ConnectionUser {
  readonly #connection: SharedConnection;
  readonly #spec: RootSpec;
  readonly #tell: (event: LinkEvent) => void;
  readonly #remountAfterMs: (tries: number) => number;
  #state: LinkState = { kind: "waiting" };
  #wasMounted = false;
  #hasEvicted = false;
  /** Mounts again that failed since the last one that did not. */
  #failures = 0;
  #retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    connection: SharedConnection,
    spec: RootSpec,
    tell: (event: LinkEvent) => void,
    remountAfterMs: (tries: number) => number,
  ) {
    this.#connection = connection;
    this.#spec = spec;
    this.#tell = tell;
    this.#remountAfterMs = remountAfterMs;
    connection.attach(this);
    if (connection.isJoined) this.#mount();
  }

  push(event: string, payload: JsonObject, settle: (outcome: PushOutcome) => void): void {
    // While a loss is being told, some hear of it before this one does.
    if (this.#state.kind !== "mounted" || !this.#connection.isJoined) return;
    this.#connection.push(event, { root_id: this.#state.root_id, ...payload }, (outcome) => {
      // What was lost on the way is settled by who hears of the loss.
      if (outcome.kind !== "lost") settle(outcome);
    });
  }

  remount(): void {
    this.#dismiss({ kind: "waiting" });
    this.#mount();
  }

  async close(): Promise<void> {
    const { id } = this.#spec;
    this.#dismiss({ kind: "closed" });
    clearTimeout(this.#retry);
    // Only then, for the last one to go leaves the channel.
    await this.#connection.busyWith(id);
    this.#connection.detach(this);
  }

  onJoined(): void {
    if (this.#state.kind !== "waiting") return;
    if (this.#failures === 0) this.#mount();
    else this.#mountLater();
  }

  onJoinFailed(outcome: MountFault): void {
    if (this.#state.kind === "waiting") this.#tell(toLinkEvent(outcome));
  }

  onLost(): void {
    if (this.#state.kind === "closed") return;
    clearTimeout(this.#retry);
    this.#state = { kind: "waiting" };
    this.#tell({ kind: "lost" });
  }

  onClosed(): void {
    if (this.#state.kind === "closed") return;
    clearTimeout(this.#retry);
    this.#state = { kind: "closed" };
    this.#tell({ kind: "closed" });
  }

  onPatch(payload: Json): void {
    const root_id = fieldIn(payload, "root_id");
    const state = this.#state;
    if (typeof root_id !== "string" || !this.holds(root_id)) return;
    if (state.kind === "mounted") this.#tell({ kind: "patch", payload });
    if (state.kind !== "mounting") return;
    // Envelopes of an earlier mount may be among them: the last one that begins anew begins this one's.
    if (fieldIn(payload, "base_version") === 0) state.early.length = 0;
    if (state.early.length < MAX_EARLY_PATCHES) state.early.push(payload);
  }

  holds(root_id: string): boolean {
    if (this.#state.kind === "mounted") return this.#state.root_id === root_id;
    // Which id the server will give, the caller's or a composed one, its reply says (wire.md 3).
    const { module, id } = this.#spec;
    return this.#state.kind === "mounting" && (root_id === id || root_id === composeRootId(module, id));
  }

  #mount(): void {
    const waiting: LinkState = { kind: "waiting" };
    this.#state = waiting;
    const busy = this.#connection.busyWith(this.#spec.id);
    if (busy === undefined) {
      this.#pushMount();
      return;
    }
    void busy.then(() => {
      if (this.#state === waiting) this.#mount();
    });
  }

  #pushMount(): void {
    if (!this.#connection.isJoined) return;
    const { module, id, params } = this.#spec;
    const early: Json[] = [];
    const reply = new Promise<SharedOutcome>((resolve) => {
      this.#connection.push(EVENT.mount, { module, id, params }, (outcome) => {
        resolve(outcome);
        if (this.#state.kind === "mounting" && this.#state.early === early) this.#answered(outcome, early);
      });
    });
    this.#state = { kind: "mounting", reply, early };
  }

  #answered(outcome: SharedOutcome, early: readonly Json[]): void {
    switch (outcome.kind) {
      case "ok":
        this.#agreed(rootIdOf(outcome.response, this.#spec), early);
        break;
      case "error":
        this.#refused(outcome.response);
        break;
      case "timeout":
        this.#failed(outcome);
        break;
      case "lost":
        if (outcome.crashed) this.#crashed();
        break;
      default:
        assertNever(outcome);
    }
  }

  #agreed(root_id: string, early: readonly Json[]): void {
    const mounted: LinkState = { kind: "mounted", root_id };
    this.#state = mounted;
    this.#wasMounted = true;
    this.#hasEvicted = false;
    this.#failures = 0;
    this.#tell({ kind: "agreed", root_id });
    for (const payload of early) {
      if (this.#state === mounted && fieldIn(payload, "root_id") === root_id) this.onPatch(payload);
    }
  }

  /** A root that no one here has was left over on the server: it is unmounted there, and mounted again, once. */
  #refused(response: Json): void {
    const isLeftOver = isAlreadyMounted(response);
    const root_id = rootIdOf(response, this.#spec);
    this.#state = { kind: "waiting" };
    if (!isLeftOver || this.#hasEvicted || this.#connection.isHeld(root_id)) {
      this.#failed({ kind: "error", response });
      return;
    }
    this.#hasEvicted = true;
    this.#connection.keepBusy(this.#spec.id, this.#unmount(root_id));
    this.#mount();
  }

  /** Whoever is told of the failure of a first mount closes this link; a later one is tried again. */
  #failed(outcome: MountFault): void {
    this.#tell(toLinkEvent(outcome));
    if (this.#state.kind === "closed") return;
    this.#dismiss({ kind: "waiting" });
    this.#hasEvicted = false;
    this.#failures += 1;
    this.#mountLater();
  }

  /** A first mount is given up; a later one is tried again once the connection is back, though not at once. */
  #crashed(): void {
    this.#failures += 1;
    if (this.#wasMounted) return;
    this.#state = { kind: "closed" };
    this.#connection.detach(this);
    this.#tell({ kind: "closed" });
  }

  #mountLater(): void {
    clearTimeout(this.#retry);
    this.#retry = setTimeout(() => {
      if (this.#state.kind === "waiting") this.#mount();
    }, this.#remountAfterMs(this.#failures));
  }

  /** Goes on to `next`, and sees to it that the server gives up what it holds, or is about to. */
  #dismiss(next: LinkState): void {
    const last = this.#state;
    this.#state = next;
    if (last.kind === "mounted") {
      this.#connection.keepBusy(this.#spec.id, this.#unmount(last.root_id));
    } else if (last.kind === "mounting") {
      this.#connection.keepBusy(this.#spec.id, this.#unmountAfter(last.reply));
    }
  }

  async #unmountAfter(mount: Promise<SharedOutcome>): Promise<void> {
    const outcome = await mount;
    if (outcome.kind === "ok") await this.#unmount(rootIdOf(outcome.response, this.#spec));
    // It may be mounted yet: without a reply under the id that the caller chose.
    if (outcome.kind === "timeout") await this.#unmount(this.#spec.id);
  }

  /** Resolves when the server has answered, in whatever way, or will not. */
  #unmount(root_id: string): Promise<void> {
    if (!this.#connection.isJoined) return Promise.resolve();
    return new Promise((resolve) => {
      this.#connection.push(EVENT.unmount, { root_id }, () => resolve());
    });
  }
}
