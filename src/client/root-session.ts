import type { Socket } from "phoenix";
import { assertNever } from "../wire/assert-never";
import type { Json, JsonObject } from "../wire/json";
import { composeRootId } from "../wire/mount";
import { failure, type Result, success } from "../wire/result";
import { type CommandResult, toCommandResult, toRefusal } from "./command-result";
import { EventListeners } from "./event-listeners";
import { Listeners } from "./listeners";
import type { Report } from "./report";
import { RootSnapshot, type RootStatus } from "./root-snapshot";
import { type EnvelopeOutcome, RootState } from "./root-state";
import type { LinkEvent, RootLink, RootSpec, Wire } from "./wire";

export type MountFailure =
  | { readonly kind: "refused"; readonly code: string | null; readonly response: Json }
  | { readonly kind: "timeout" }
  | { readonly kind: "disconnected" }
  /** The server's first envelope was not one from 0 to 1, or could not be applied. */
  | { readonly kind: "bad_initial_envelope" };

/** One root from its mount to its end, over reconnects and version gaps. */
export class RootSession {
  /** Settles with the first envelope, or with why none will come. */
  readonly ready: Promise<Result<RootSession, MountFailure>>;
  readonly #name: string;
  readonly #link: RootLink;
  readonly #report: Report;
  readonly #state = new RootState();
  readonly #subscribers: Listeners<RootSnapshot>;
  readonly #events: EventListeners;
  readonly #pending = new Set<(result: CommandResult) => void>();
  #rootId: string;
  #status: RootStatus = "mounting";
  #snapshot: RootSnapshot | undefined;
  #mount = new AbortController();
  #settleReady: (result: Result<RootSession, MountFailure>) => void = () => {};

  constructor(socket: Socket, spec: RootSpec, wire: Wire, report: Report) {
    this.#name = composeRootId(spec.module, spec.id);
    this.#rootId = this.#name;
    this.#report = report;
    this.#subscribers = new Listeners(`A subscriber of ${this.#name}`, report);
    this.#events = new EventListeners(report);
    this.ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    this.#link = wire(socket, spec, (event) => this.#handle(event));
  }

  /** As the server gave it; composed of module and id until it has. */
  get root_id(): string {
    return this.#rootId;
  }

  /** Aborted when this mount of the root ends. After a reconnect there is another one. */
  get mountSignal(): AbortSignal {
    return this.#mount.signal;
  }

  snapshot(): RootSnapshot {
    this.#snapshot ??= new RootSnapshot(this.#status, this.#state.version, this.#state.held);
    return this.#snapshot;
  }

  /** Calls `listener` after every change of status, version or state. Returns the undo. */
  subscribe(listener: (snapshot: RootSnapshot) => void): () => void {
    return this.#subscribers.add(listener);
  }

  /** Calls `listener` with each such push event of that store, after its envelope was applied. Returns the undo. */
  on(storeId: readonly string[], name: string, listener: (payload: Json) => void): () => void {
    return this.#events.add(storeId, name, listener);
  }

  /** Sends a message of the root: a command, or one about an upload. */
  push(event: string, payload: JsonObject): Promise<CommandResult> {
    if (this.#status !== "mounted") return Promise.resolve(failure({ kind: "disconnected" }));
    return new Promise((resolve) => {
      this.#pending.add(resolve);
      this.#link.push(event, payload, (outcome) => {
        this.#pending.delete(resolve);
        resolve(toCommandResult(outcome));
      });
    });
  }

  async close(): Promise<void> {
    this.#end({ kind: "disconnected" });
    await this.#link.close();
  }

  #handle(event: LinkEvent): void {
    switch (event.kind) {
      case "agreed":
        this.#rootId = event.root_id;
        this.#state.awaitInitial();
        break;
      case "patch":
        this.#applied(this.#state.apply(event.payload));
        break;
      case "lost":
        this.#lose();
        break;
      case "closed":
        this.#end({ kind: "disconnected" });
        break;
      case "refused":
        this.#failed(toRefusal(event.response));
        break;
      case "timeout":
        this.#failed({ kind: "timeout" });
        break;
      default:
        assertNever(event);
    }
  }

  #applied(outcome: EnvelopeOutcome): void {
    switch (outcome.kind) {
      case "applied":
        this.#status = "mounted";
        if (outcome.malformed > 0) {
          this.#report(`${outcome.malformed} parts of an envelope of ${this.#name} could not be read.`);
        }
        this.#settleReady(success(this));
        this.#notify();
        for (const event of outcome.events) this.#events.dispatch(event);
        break;
      case "rejected":
        this.#report(`An envelope of ${this.#name} was not applied. ${outcome.why}`);
        if (this.#status === "mounting") this.#failed({ kind: "bad_initial_envelope" });
        break;
      case "not_initial":
        this.#report(`An envelope of ${this.#name} came before the one that leads from 0 to 1.`);
        if (this.#status === "mounting") this.#failed({ kind: "bad_initial_envelope" });
        break;
      case "gap":
        this.#report(
          `${this.#name} holds version ${outcome.held}, but an envelope came for ${outcome.base_version}: mounting it again.`,
        );
        this.#lose();
        this.#link.remount();
        break;
      default:
        assertNever(outcome);
    }
  }

  /** The last tree stays; commands that wait are over, for their replies will not come (wire.md 12). */
  #lose(): void {
    this.#state.awaitInitial();
    if (this.#status === "mounted") this.#status = "reconnecting";
    this.#endMount();
    this.#notify();
  }

  /** A first mount that fails is closed, or it would be tried for ever; a later one is tried again by its link. */
  #failed(why: MountFailure): void {
    if (this.#status === "mounting") {
      this.#end(why);
      void this.#link.close();
    } else if (why.kind === "refused") {
      this.#report(`${this.#name} could not be mounted again: ${why.code ?? JSON.stringify(why.response)}.`);
    } else {
      this.#report(`${this.#name} could not be mounted again: ${why.kind}.`);
    }
  }

  #end(why: MountFailure): void {
    if (this.#status === "unmounted") return;
    this.#status = "unmounted";
    this.#endMount();
    this.#settleReady(failure(why));
    this.#notify();
  }

  #endMount(): void {
    this.#mount.abort();
    this.#mount = new AbortController();
    for (const resolve of this.#pending) resolve(failure({ kind: "disconnected" }));
    this.#pending.clear();
  }

  #notify(): void {
    this.#snapshot = undefined;
    this.#subscribers.call(this.snapshot());
  }
}
