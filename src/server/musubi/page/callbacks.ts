import type { JsonObject } from "../../../wire/json";
import { isJsonObject } from "../../../wire/json";
import { describeError } from "../../log";
import type { Assigns } from "../../phoenix/assigns";
import type { Timers } from "../../timers";
import type { Command, CommandReply } from "../command";
import { isPlainObject } from "../equal";
import { hooksAt } from "../hook";
import type { MusubiSocket } from "../socket";
import type { CommandAnswer, StoreCommand } from "../store";
import type { TaskResult } from "../task-result";
import type { Telemetry } from "../telemetry";
import { encodeJson } from "./encode-json";
import { checkSocket, isSocket } from "./start-store";
import { lineageOf, type StoreNode } from "./store-node";

/** The page, as the callbacks of its stores are run by it. */
type CallbackHost = {
  readonly rootId: string | null;
  readonly timers: Timers;
  readonly telemetry: Telemetry;
  readonly adopt: (node: StoreNode, socket: MusubiSocket<Assigns>, callback: string) => void;
};

/** What came of a command; halted, no handler ran. */
type CommandOutcome = { readonly reply: CommandReply; readonly isHalted: boolean };

type BeforeCommand =
  | { readonly kind: "halted"; readonly reply: JsonObject }
  | { readonly kind: "passed"; readonly payload: unknown };

/** Runs a store's callbacks with the hooks around them (wire.md 14). Rejects with what they throw. */
export class Callbacks {
  readonly #host: CallbackHost;

  constructor(host: CallbackHost) {
    this.#host = host;
  }

  async command(node: StoreNode, command: StoreCommand, { name, payload }: Command): Promise<CommandOutcome> {
    const { timers, telemetry, rootId: root } = this.#host;
    const about = { root, module: node.store.module, storeId: node.storeId, command: name };
    const startedAt = timers.now();
    telemetry.emit("musubi.command.start", {}, about);
    try {
      const before = await this.#beforeCommand(node, command, name, payload);
      const isHalted = before.kind === "halted";
      if (isHalted) telemetry.emit("musubi.auth.deny", {}, { ...about, reply: before.reply });
      const reply: CommandReply = isHalted
        ? { status: "ok", response: before.reply }
        : await this.#handleCommand(node, command, name, before.payload, payload);
      const duration = timers.now() - startedAt;
      telemetry.emit("musubi.command.stop", { duration }, { ...about, status: reply.status, isHalted });
      return { reply, isHalted };
    } catch (error) {
      telemetry.emit("musubi.command.exception", { duration: timers.now() - startedAt }, { ...about, error });
      throw error;
    }
  }

  /** A message for this store; nothing happens where it is gone. `topic` is null for one that it sent to itself. */
  async info(node: StoreNode, message: unknown, topic: string | null): Promise<void> {
    if (node.isGone) return;
    const { telemetry, rootId: root } = this.#host;
    const { module, handleInfo } = node.store;
    if (topic !== null)
      telemetry.emit("musubi.pubsub.receive", {}, { root, module, storeId: node.storeId, topic });
    for (const { run } of hooksAt(node.socket, "handleInfo")) {
      const answer = await run(message, node.socket);
      this.#host.adopt(node, answer.socket, "handleInfo hook");
      if (answer.kind === "halt") return;
    }
    if (handleInfo === null) return;
    this.#host.adopt(node, await handleInfo(message, node.socket), "handleInfo");
  }

  /** The end of a task that the store started; nothing happens where the store is gone. */
  async async(node: StoreNode, name: string, result: TaskResult): Promise<void> {
    if (node.isGone) return;
    for (const { run } of hooksAt(node.socket, "handleAsync")) {
      const answer = await run(name, result, node.socket);
      this.#host.adopt(node, answer.socket, "handleAsync hook");
      if (answer.kind === "halt") return;
    }
    await this.#handleAsync(node, name, result);
  }

  /** What `handleAsync` throws harms nobody: the page goes on, as the real server's does. */
  async #handleAsync(node: StoreNode, name: string, result: TaskResult): Promise<void> {
    const { store, storeId, socket } = node;
    if (store.handleAsync === null) return;
    const { timers, telemetry, rootId: root } = this.#host;
    const startedAt = timers.now();
    try {
      const answer = await store.handleAsync(name, result, socket);
      this.#host.adopt(node, checkSocket(answer, store, "handleAsync"), "handleAsync");
    } catch (error) {
      const about = { root, module: store.module, storeId, name, reason: error };
      telemetry.emit("musubi.async.exception", { duration: timers.now() - startedAt }, about);
      socket.endpoint?.log(
        `${store.module}'s handleAsync failed at the end of "${name}": ${describeError(error)}`,
      );
    }
  }

  /** The stores above are asked first; the payload is checked when it is the store's own turn, as Musubi's first hook does. */
  async #beforeCommand(
    node: StoreNode,
    command: StoreCommand,
    name: string,
    payload: JsonObject,
  ): Promise<BeforeCommand> {
    let checked: unknown = payload;
    for (const asked of lineageOf(node)) {
      if (asked === node) {
        checked = this.#check(command.payload, payload, node, name, "musubi.validate.command.stop");
      }
      for (const { run } of hooksAt(asked.socket, "beforeCommand")) {
        const answer = await run(name, payload, asked.socket, node.storeId);
        this.#host.adopt(asked, answer.socket, "beforeCommand hook");
        if (answer.kind === "cont") continue;
        return { kind: "halted", reply: requireReply(answer.reply, node, name) };
      }
    }
    return { kind: "passed", payload: checked };
  }

  /** `given` is the payload as its validator left it. */
  async #handleCommand(
    node: StoreNode,
    command: StoreCommand,
    name: string,
    given: unknown,
    payload: JsonObject,
  ): Promise<CommandReply> {
    const answer: unknown = await command.handle(given, node.socket);
    if (!isCommandAnswer(answer)) {
      throw new Error(`${node.store.module}'s command "${name}" must answer with noreply, reply or refuse.`);
    }
    const { status, response, socket } = answer;
    const reply = { status, response: requireReply(response, node, name) };
    if (status === "ok") this.#check(command.reply, reply.response, node, name, "musubi.validate.reply.stop");
    this.#host.adopt(node, socket, `command "${name}"`);
    for (const asked of lineageOf(node)) {
      for (const { run } of hooksAt(asked.socket, "afterCommand")) {
        const answer = await run(name, payload, reply, asked.socket, node.storeId);
        this.#host.adopt(asked, answer.socket, "afterCommand hook");
        if (answer.kind === "halt") return reply;
      }
    }
    return reply;
  }

  #check(
    validator: StoreCommand["payload"],
    value: JsonObject,
    { store, storeId }: StoreNode,
    command: string,
    event: "musubi.validate.command.stop" | "musubi.validate.reply.stop",
  ): unknown {
    if (validator === null) return value;
    const { timers, telemetry, rootId: root } = this.#host;
    const startedAt = timers.now();
    const checked = validator(value);
    const duration = timers.now() - startedAt;
    telemetry.emit(event, { duration }, { root, module: store.module, storeId, command });
    return checked;
  }
}

function isCommandAnswer(value: unknown): value is CommandAnswer {
  return (
    isPlainObject(value) && (value.status === "ok" || value.status === "error") && isSocket(value.socket)
  );
}

/** What goes back to the client: an object that the wire can hold. */
function requireReply(response: unknown, { store }: StoreNode, name: string): JsonObject {
  const what = `The reply of ${store.module} to "${name}"`;
  const encoded = encodeJson(response, what);
  if (isJsonObject(encoded)) return encoded;
  throw new Error(`${what} must be an object.`);
}
