import type { JsonObject } from "../../../wire/json";
import { failure, type Result, success } from "../../../wire/result";
import { showValue } from "../../show-value";
import type { ConnectInfo } from "../connect-info";
import type { Socket } from "../socket";
import type { ConnectAnswer, SocketDefinition } from "../socket-definition";

// The callbacks may be code without types: whatever they give, nobody is let in by mistake.

/** What `connect` answers. Rejects with what it throws, and where its answer is none. */
export async function askConnect(
  { connect }: SocketDefinition,
  params: JsonObject,
  socket: Socket,
  info: ConnectInfo,
): Promise<ConnectAnswer> {
  if (connect === undefined) return { kind: "ok", socket };
  const answer: unknown = await connect(params, socket, info);
  if (isConnectAnswer(answer)) return answer;
  throw new Error(
    `The socket's "connect" gave ${showValue(answer)}. It must give { kind: "ok", socket } or { kind: "refused" }.`,
  );
}

/** What `id` gives, null without it. The failure is a sentence. Throws what it throws. */
export function askId({ id }: SocketDefinition, socket: Socket): Result<string | null, string> {
  if (id === undefined) return success(null);
  const given: unknown = id(socket);
  if (given === null || typeof given === "string") return success(given);
  // Nobody waits for a promise that is refused, and its failure must not end the process.
  if (given instanceof Promise) given.catch(() => {});
  return failure(`the socket's "id" gave ${showValue(given)}. It must give null or a string`);
}

function isConnectAnswer(answer: unknown): answer is ConnectAnswer {
  if (typeof answer !== "object" || answer === null || !("kind" in answer)) return false;
  if (answer.kind === "refused") return true;
  return answer.kind === "ok" && "socket" in answer && isSocket(answer.socket);
}

function isSocket(socket: unknown): socket is Socket {
  return typeof socket === "object" && socket !== null && "assigns" in socket && "transport" in socket;
}
