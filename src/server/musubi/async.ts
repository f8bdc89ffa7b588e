import type { Assigns } from "../phoenix/assigns";
import { type AsyncResult, asyncLoading, isAsyncResult } from "./async-result";
import { addEffect, type Task } from "./effect";
import { assign, type MusubiSocket } from "./socket";
import { type StreamSlot, streamSlot } from "./stream-slot";
import { useStream } from "./stream-state";

export type TaskOptions = {
  /** A task that takes longer has failed with `"timeout"`. Without it, it may take for ever. */
  readonly timeoutMs?: number;
};

/** With `reset` the value from before is not shown while the new one loads. */
export type AssignAsyncOptions = TaskOptions & { readonly reset?: boolean };

/** How the items go into the stream, besides: `reset` empties it before they do. */
export type StreamAsyncOptions = TaskOptions & {
  readonly reset?: boolean;
  readonly at?: number;
  readonly limit?: number;
};

/** What a task gives, or throws, to say that it has failed: reason kind `error`, not `exit` (wire.md 6). */
export class TaskError {
  readonly reason: unknown;

  constructor(reason: unknown) {
    this.reason = reason;
  }
}

/**
 * The failure of a task, in its own words.
 *
 *     assignAsync(socket, "user", async () => (await find(id)) ?? taskError("not_found"))
 */
export function taskError(reason: unknown): TaskError {
  return new TaskError(reason);
}

/**
 * Runs `task` once the callback has returned, and keeps under `key` what is known of its value: loading now, then ok or
 * failed. The one before is kept meanwhile. A task of the same key that still runs is superseded: nobody waits for it.
 *
 *     mount: (_params, socket) => assignAsync(socket, "user", () => findUser(id), { timeoutMs: 5_000 })
 *     render: ({ assigns }) => ({ user: assigns.user })
 */
export function assignAsync<Own extends Assigns, Key extends string, Value>(
  socket: MusubiSocket<Own>,
  key: Key,
  task: Task<Value>,
  { reset = false, timeoutMs }: AssignAsyncOptions = {},
): MusubiSocket<Own & { readonly [Name in Key]: AsyncResult<Exclude<Awaited<Value>, TaskError>> }> {
  type Loaded = Exclude<Awaited<Value>, TaskError>;
  const previous: AsyncResult<Loaded> = asyncLoading(reset ? null : resultUnder<Loaded>(socket, key));
  return addEffect(assign(socket, key, previous), {
    kind: "start_task",
    request: { kind: "assign", name: key, task, timeoutMs: timeoutMs ?? null, stream: {} },
  });
}

/**
 * Runs `task` once the callback has returned; `handleAsync` gets its end under `name`. A task of the same name that
 * still runs is superseded.
 *
 *     startAsync(socket, "checkout", () => pay(cart))
 */
export function startAsync<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  task: Task,
  { timeoutMs }: TaskOptions = {},
): MusubiSocket<Own> {
  return addEffect(socket, {
    kind: "start_task",
    request: { kind: "start", name, task, timeoutMs: timeoutMs ?? null, stream: {} },
  });
}

/**
 * Runs `task`, whose items go into the stream `name`. What is known of it is kept under that name too; its result is
 * always the stream's place (wire.md 6).
 *
 *     mount: (_params, socket) => streamAsync(socket, "rows", () => loadRows())
 *     render: ({ assigns }) => ({ rows: assigns.rows })
 */
export function streamAsync<Own extends Assigns, Name extends string>(
  socket: MusubiSocket<Own>,
  name: Name,
  task: Task<Iterable<unknown> | TaskError>,
  { timeoutMs, ...options }: StreamAsyncOptions = {},
): MusubiSocket<Own & { readonly [Key in Name]: AsyncResult<StreamSlot> }> {
  return addEffect(assign(useStream(socket, name), name, asyncLoading(streamSlot(name))), {
    kind: "start_task",
    request: { kind: "stream", name, task, timeoutMs: timeoutMs ?? null, stream: options },
  });
}

/**
 * Gives up the tasks of this name or key that run: they have failed with `reason`, kind `exit`. Nothing happens where
 * none runs.
 *
 *     cancelAsync(socket, "user", "not needed any more")
 */
export function cancelAsync<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  reason: unknown = "cancelled",
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "cancel_task", name, reason });
}

function resultUnder<Value>(socket: MusubiSocket<Assigns>, key: string): Value | null {
  const present = Object.hasOwn(socket.assigns, key) ? socket.assigns[key] : null;
  return isAsyncResult<Value>(present) ? present.result : null;
}
