import type { Json } from "../../wire/json";
import { composeRootId } from "../../wire/mount";
import { EVENT, TOPIC } from "../../wire/protocol";
import type { Awaitable } from "../awaitable";
import {
  type Channel,
  type ChannelAnswer,
  type ChannelSocket,
  type JoinAnswer,
  noreply,
  reply,
} from "../phoenix/channel";
import { type CommandReply, readCommand } from "./command";
import type { PatchEnvelope } from "./envelope";
import { Page } from "./page";
import { type Roots, readRootMount } from "./root-mount";

/** Whether a client may join a root with this payload; asked at every join and rejoin. */
export type HandleJoin = (payload: Json) => Awaitable<"ok" | "unauthorized">;

type PerRootAssigns = { readonly page: Page };

const TOPIC_PREFIX = `${TOPIC.connection}:`;
/** How long the real server's channel waits for its page before it crashes (wire.md 11). */
const COMMAND_TIMEOUT_MS = 5_000;

/** An envelope on its way through the channel's mailbox: behind the reply that is being made. */
class EnvelopeReady {
  readonly envelope: PatchEnvelope;

  constructor(envelope: PatchEnvelope) {
    this.envelope = envelope;
  }
}

/** One channel a root: the join mounts it, the leave unmounts it (wire.md 5). */
export function perRootChannel(roots: Roots, handleJoin: HandleJoin): Channel<PerRootAssigns> {
  return {
    join: (payload, socket) => join(payload, socket, roots, handleJoin),
    handleIn: async (event, payload, socket) => {
      if (event !== EVENT.command) throw new Error(`A root's channel knows no event "${event}".`);
      const { status, response } = await runCommand(payload, socket.assigns.page);
      return reply(socket, status, response);
    },
    handleInfo: pushEnvelope,
    terminate: (_reason, { assigns }) => assigns.page.stop(),
  };
}

async function join(
  payload: Json,
  socket: ChannelSocket,
  roots: Roots,
  handleJoin: HandleJoin,
): Promise<JoinAnswer<PerRootAssigns>> {
  const isAllowed = socket.topic.startsWith(TOPIC_PREFIX) && (await handleJoin(payload)) === "ok";
  if (!isAllowed) return refuseJoin("unauthorized");
  const request = readRootMount(payload, roots);
  if (!request.ok) return refuseJoin(request.failure);
  const { store, id, params } = request.value;
  // Of the payload, not of the topic: the real server does not compare them (wire.md 5).
  const root_id = composeRootId(store.module, id);
  const emit = (envelope: PatchEnvelope) => socket.channel.send(new EnvelopeReady(envelope));
  const page = await Page.start({ store, root_id, params, emit });
  return { kind: "ok", response: { root_id }, socket: { ...socket, assigns: { page } } };
}

function refuseJoin(reason: string): JoinAnswer<PerRootAssigns> {
  return { kind: "refused", response: { reason } };
}

async function runCommand(payload: Json, page: Page): Promise<CommandReply> {
  const command = readCommand(payload);
  if (!command.ok) return { status: "error", response: { reason: command.failure } };
  return withTimeout(page.command(command.value), command.value.name);
}

function pushEnvelope(
  message: unknown,
  socket: ChannelSocket<PerRootAssigns>,
): ChannelAnswer<PerRootAssigns> {
  if (message instanceof EnvelopeReady) socket.channel.push(EVENT.patch, message.envelope);
  return noreply(socket);
}

function withTimeout(reply: Promise<CommandReply>, name: string): Promise<CommandReply> {
  return new Promise((resolve, reject) => {
    const message = `The command "${name}" did not answer within ${COMMAND_TIMEOUT_MS} ms.`;
    const timer = setTimeout(() => reject(new Error(message)), COMMAND_TIMEOUT_MS);
    reply.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
