import type { Assigns } from "../../phoenix/assigns";
import type { Timers } from "../../timers";
import { TaskError } from "../async";
import { type AsyncReason, asyncFailed, asyncLoading, asyncOk, isAsyncResult } from "../async-result";
import type { TaskRequest } from "../effect";
import { assign, type MusubiSocket } from "../socket";
import { stream } from "../stream";
import { streamSlot } from "../stream-slot";
import type { TaskResult } from "../task-result";
import type { Telemetry } from "../telemetry";
import type { StoreNode } from "./store-node";

/** The page, as its tasks see it. */
type TaskHost = {
  readonly rootId: string | null;
  readonly timers: Timers;
  readonly telemetry: Telemetry;
  /** Runs `job` in the page's queue, in the name of the task. */
  readonly post: (name: string, job: () => Promise<void> | void) => void;
  readonly adopt: (node: StoreNode, socket: MusubiSocket<Assigns>) => void;
  /** Tells the store how a task of `startAsync` ended: its hooks, then `handleAsync`. */
  readonly handleAsync: (node: StoreNode, name: string, result: TaskResult) => Promise<void>;
};

type RunningTask = {
  readonly node: StoreNode;
  readonly request: TaskRequest;
  readonly controller: AbortController;
  readonly startedAt: number;
  readonly stopTimer: () => void;
};

const KINDS: readonly TaskRequest["kind"][] = ["assign", "stream", "start"];

/** The tasks of one page. One of a kind and name runs in a store at a time: the others' ends are discarded. */
export class StoreTasks {
  readonly #host: TaskHost;
  readonly #running = new Map<StoreNode, Map<string, RunningTask>>();

  constructor(host: TaskHost) {
    this.#host = host;
  }

  start(node: StoreNode, request: TaskRequest): void {
    const { timers, telemetry } = this.#host;
    this.#takeAway(node, request);
    // The callback that asked for it may have cancelled one of the same key before: then that one's failure stands there.
    if (request.kind !== "start") this.#host.adopt(node, reload(node.socket, request.name));
    const controller = new AbortController();
    const { timeoutMs } = request;
    const task: RunningTask = {
      node,
      request,
      controller,
      startedAt: timers.now(),
      stopTimer: timeoutMs === null ? () => {} : timers.after(timeoutMs, () => this.#timeOut(task)),
    };
    const ofNode = this.#running.get(node) ?? new Map<string, RunningTask>();
    this.#running.set(node, ofNode.set(keyOf(request), task));
    telemetry.emit("musubi.async.start", {}, this.#about(task));
    Promise.resolve()
      .then(() => request.task(controller.signal))
      .then(
        (value) => this.#ended(task, { kind: "ok", value }),
        (reason: unknown) => this.#ended(task, { kind: "exit", reason }),
      );
  }

  cancel(node: StoreNode, name: string, reason: unknown): void {
    for (const kind of KINDS) {
      const task = this.#takeAway(node, { kind, name });
      if (task === null) continue;
      this.#host.telemetry.emit("musubi.async.cancel", this.#duration(task), {
        ...this.#about(task),
        reason,
      });
      const result: TaskResult = { kind: "exit", reason };
      if (kind === "start") this.#host.post(name, () => this.#host.handleAsync(node, name, result));
      else this.#host.adopt(node, settle(task, result));
    }
  }

  /** The store is gone: nobody waits for its tasks. */
  drop(node: StoreNode): void {
    for (const { request } of [...(this.#running.get(node)?.values() ?? [])]) this.#takeAway(node, request);
    this.#running.delete(node);
  }

  stop(): void {
    for (const node of [...this.#running.keys()]) this.drop(node);
  }

  #timeOut(task: RunningTask): void {
    if (this.#isCurrent(task)) this.#ended(task, { kind: "exit", reason: "timeout" });
  }

  /** Whether its end still matters is asked when it is the page's turn: until then another may have taken its place. */
  #ended(task: RunningTask, result: TaskResult): void {
    if (!this.#isCurrent(task)) this.#tellDiscarded(task);
    else this.#host.post(task.request.name, () => this.#end(task, result));
  }

  async #end(task: RunningTask, result: TaskResult): Promise<void> {
    const { node, request } = task;
    if (!this.#isCurrent(task)) {
      this.#tellDiscarded(task);
      return;
    }
    this.#takeAway(node, request);
    this.#tellEnded(task, result);
    if (request.kind === "start") await this.#host.handleAsync(node, request.name, result);
    else this.#host.adopt(node, settle(task, result));
  }

  #isCurrent(task: RunningTask): boolean {
    return this.#running.get(task.node)?.get(keyOf(task.request)) === task;
  }

  #takeAway(node: StoreNode, request: Pick<TaskRequest, "kind" | "name">): RunningTask | null {
    const ofNode = this.#running.get(node);
    const task = ofNode?.get(keyOf(request));
    if (ofNode === undefined || task === undefined) return null;
    ofNode.delete(keyOf(request));
    if (ofNode.size === 0) this.#running.delete(node);
    task.stopTimer();
    task.controller.abort();
    return task;
  }

  #tellEnded(task: RunningTask, result: TaskResult): void {
    const failure = failureOf(result);
    const [telemetry, about, duration] = [this.#host.telemetry, this.#about(task), this.#duration(task)];
    if (failure === null) telemetry.emit("musubi.async.stop", duration, about);
    else telemetry.emit("musubi.async.exception", duration, { ...about, reason: failure.value });
  }

  #tellDiscarded(task: RunningTask): void {
    this.#host.telemetry.emit("musubi.async.lazy_discard", this.#duration(task), this.#about(task));
  }

  #duration({ startedAt }: RunningTask): { readonly duration: number } {
    return { duration: this.#host.timers.now() - startedAt };
  }

  #about({ node, request }: RunningTask) {
    return { root: this.#host.rootId, module: node.store.module, storeId: node.storeId, name: request.name };
  }
}

/** The socket with what is known now of the value that the task was to bring. */
function settle(
  { node: { socket, store }, request }: RunningTask,
  result: TaskResult,
): MusubiSocket<Assigns> {
  const { kind, name } = request;
  const slot = kind === "stream" ? streamSlot(name) : null;
  const failed = (reason: AsyncReason) =>
    assign(socket, name, asyncFailed(reason, slot ?? previousOf(socket, name)));
  const failure = failureOf(result);
  if (failure !== null) return failed(failure);
  const value = result.kind === "ok" ? result.value : null;
  if (slot === null) return assign(socket, name, asyncOk(value));
  if (isIterable(value)) return assign(stream(socket, name, value, request.stream), name, asyncOk(slot));
  const message = `The task of ${store.module}'s stream "${name}" must give a list of items.`;
  return failed({ kind: "exit", value: new TypeError(message) });
}

/** The socket with the value loading again, where it is not. */
function reload(socket: MusubiSocket<Assigns>, key: string): MusubiSocket<Assigns> {
  const present = Object.hasOwn(socket.assigns, key) ? socket.assigns[key] : null;
  if (!isAsyncResult(present) || present.status === "loading") return socket;
  return assign(socket, key, asyncLoading(present.result));
}

function failureOf(result: TaskResult): AsyncReason | null {
  if (result.kind === "ok") {
    return result.value instanceof TaskError ? { kind: "error", value: result.value.reason } : null;
  }
  if (result.reason instanceof TaskError) return { kind: "error", value: result.reason.reason };
  return { kind: "exit", value: result.reason };
}

function previousOf(socket: MusubiSocket<Assigns>, key: string): unknown {
  const present = Object.hasOwn(socket.assigns, key) ? socket.assigns[key] : null;
  return isAsyncResult(present) ? present.result : null;
}

function isIterable(value: unknown): value is Iterable<unknown> {
  return typeof value === "object" && value !== null && Symbol.iterator in value;
}

function keyOf({ kind, name }: Pick<TaskRequest, "kind" | "name">): string {
  return `${kind} ${name}`;
}
