import { showValue } from "../../show-value";
import type { Assigns } from "../assigns";
import type { ChannelAnswer, JoinAnswer, OwnStopReason } from "../channel";
import type { StopReason } from "../channel-handle";

// The callbacks may be code without types. What is no answer crashes the channel whose callback gave it.

export type Callback = "handleIn" | "handleInfo" | "handleOut";

/** Throws where `join` gave something else. */
export function requireJoinAnswer<Own extends Assigns>(answer: JoinAnswer<Own>): JoinAnswer<Own> {
  const given: unknown = answer;
  const isAnswer = hasKind(given) && (given.kind === "refused" || (given.kind === "ok" && hasSocket(given)));
  if (isAnswer) return answer;
  throw new Error(`"join" gave ${showValue(given)}. It must give joined(socket) or refuseJoin(response).`);
}

/** Throws where the callback gave something else, or a reply that no message asked for. */
export function requireAnswer<Own extends Assigns>(
  callback: Callback,
  answer: ChannelAnswer<Own> | undefined,
): ChannelAnswer<Own> {
  if (answer === undefined || !isChannelAnswer(answer)) {
    throw new Error(
      `"${callback}" gave ${showValue(answer)}. It must give noreply(socket), reply(socket, ...) or stop(socket).`,
    );
  }
  const hasReply = answer.kind !== "noreply" && answer.reply !== undefined;
  if (callback === "handleIn" || !hasReply || answer.socket.ref !== null) return answer;
  throw new Error(
    `"${callback}" gave a reply, but no message asked for one. Keep the ref of the message, and use socket.channel.reply.`,
  );
}

/** Why a channel stops that gave this answer. */
export function stopReasonOf({ reason = "normal" }: { readonly reason?: OwnStopReason }): StopReason {
  return typeof reason === "string" ? { kind: reason } : reason;
}

const KINDS: readonly unknown[] = ["noreply", "reply", "stop"];

function isChannelAnswer(given: unknown): boolean {
  return hasKind(given) && KINDS.includes(given.kind) && hasSocket(given);
}

function hasKind(value: unknown): value is { readonly kind: unknown } {
  return typeof value === "object" && value !== null && "kind" in value;
}

function hasSocket(answer: object): boolean {
  return "socket" in answer && typeof answer.socket === "object" && answer.socket !== null;
}
