import type { Socket } from "phoenix";
import { assertNever } from "../wire/assert-never";
import type { Json } from "../wire/json";
import { composeRootId } from "../wire/mount";
import { failure, type Result, success } from "../wire/result";
import { type CommandResult, findCode, toCommandResult } from "./command-result";
import { RootState } from "./root-state";
import type { CommandMessage, LinkEvent, RootLink, RootSpec, Wire } from "./wire";

export type RootStatus = "mounting" | "mounted" | "reconnecting" | "unmounted";

export type RootSnapshot = {
  readonly status: RootStatus;
  /** 0 until the first envelope of this mount has come. */
  readonly version: number;
  /** The wire tree, kept from before while reconnecting. Null before the very first envelope. */
  readonly state: Json;
};

export type MountFailure =
  | { readonly kind: "refused"; readonly code: string | null; readonly response: Json }
  | { readonly kind: "timeout" }
  | { readonly kind: "disconnected" }
  /** The server's first envelope was not one from 0 to 1. */
  | { readonly kind: "bad_initial_envelope" };

/** Gets sentences about what went wrong without anyone having asked: a bad envelope, a version gap. */
export type Report = (problem: string) => void;

/** One root from its mount to its end, over reconnects and version gaps. */
export class RootSession {
  readonly root_id: string;
  /** Settles with the first envelope, or with why none will come. */
  readonly ready: Promise<Result<RootSession, MountFailure>>;
  readonly #link: RootLink;
  readonly #report: Report;
  readonly #state = new RootState();
  readonly #listeners = new Set<(snapshot: RootSnapshot) => void>();
  readonly #pending = new Set<(result: CommandResult) => void>();
  #status: RootStatus = "mounting";
  #settleReady: (result: Result<RootSession, MountFailure>) => void = () => {};

  constructor(socket: Socket, spec: RootSpec, wire: Wire, report: Report) {
    this.root_id = composeRootId(spec.module, spec.id);
    this.#report = report;
    this.ready = new Promise((resolve) => {
      this.#settleReady = resolve;
    });
    this.#link = wire(socket, spec, (event) => this.#handle(event));
  }

  snapshot(): RootSnapshot {
    return { status: this.#status, version: this.#state.version, state: this.#state.tree };
  }

  /** Calls `listener` after every change of status, version or state. Returns the undo. */
  subscribe(listener: (snapshot: RootSnapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  command(message: CommandMessage): Promise<CommandResult> {
    if (this.#status !== "mounted") return Promise.resolve(failure({ kind: "disconnected" }));
    return new Promise((resolve) => {
      this.#pending.add(resolve);
      this.#link.command(message, (outcome) => {
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
        this.#state.awaitInitial();
        break;
      case "patch":
        this.#applyPatch(event.payload);
        break;
      case "lost":
        this.#lose();
        break;
      case "closed":
        this.#end({ kind: "disconnected" });
        break;
      case "refused":
        this.#refused({ kind: "refused", code: findCode(event.response), response: event.response });
        break;
      case "timeout":
        this.#refused({ kind: "timeout" });
        break;
      default:
        assertNever(event);
    }
  }

  #applyPatch(payload: Json): void {
    const outcome = this.#state.apply(payload);
    switch (outcome.kind) {
      case "applied":
        this.#status = "mounted";
        this.#settleReady(success(this));
        this.#notify();
        break;
      case "rejected":
        this.#report(`An envelope of ${this.root_id} was not applied. ${outcome.why}`);
        break;
      case "not_initial":
        this.#report(`An envelope of ${this.root_id} came before the one that leads from 0 to 1.`);
        this.#refused({ kind: "bad_initial_envelope" });
        break;
      case "gap":
        this.#report(
          `${this.root_id} holds version ${outcome.held}, but an envelope came for ${outcome.base_version}: mounting it again.`,
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
    this.#disconnectPending();
    if (this.#status === "mounted") this.#status = "reconnecting";
    this.#notify();
  }

  /** A first mount that fails is left, or phoenix.js would retry it for ever; a later one it may retry. */
  #refused(why: MountFailure): void {
    if (this.#status !== "mounting") return;
    this.#end(why);
    void this.#link.close();
  }

  #end(why: MountFailure): void {
    if (this.#status === "unmounted") return;
    this.#status = "unmounted";
    this.#disconnectPending();
    this.#settleReady(failure(why));
    this.#notify();
  }

  #disconnectPending(): void {
    for (const resolve of this.#pending) resolve(failure({ kind: "disconnected" }));
    this.#pending.clear();
  }

  #notify(): void {
    const snapshot = this.snapshot();
    for (const listener of [...this.#listeners]) listener(snapshot);
  }
}
