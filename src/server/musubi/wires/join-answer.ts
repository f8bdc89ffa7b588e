import type { JsonObject } from "../../../wire/json";
import { failure, type Result, success } from "../../../wire/result";
import type { Assigns } from "../../phoenix/assigns";
import { type ChannelSocket, refuseJoin } from "../../phoenix/channel";
import type { MusubiSocket } from "../socket";
import { checkAnswer, type SocketRefusal } from "../socket-answer";
import type { ChannelSettings } from "./channel-settings";
import { findConnected } from "./connected-socket";

/** What a client gets where `handleJoin` says no; null where the wire has no word for it, and the join crashes. */
export type JoinReasons = { readonly [refusal in SocketRefusal]: string | null };

/** Since Musubi 0.12, whatever has no word of its own is an internal error (wire.md 11). */
export const MAPPED_REASONS: JoinReasons = {
  unauthorized: "unauthorized",
  invalid_params: "params must be a map",
  not_found: "internal error",
  forbidden: "internal error",
};

/** Musubi's plain `:error` says this. */
const PLAIN_REFUSAL = "unauthorized";

/**
 * Lets `handleJoin` decide. The value is the joined socket, from which roots are built; the failure is the reason that
 * the client gets (wire.md 11). Throws where there is none, and what `handleJoin` throws.
 */
export async function admitJoin(
  params: JsonObject,
  socket: ChannelSocket,
  { handleJoin, telemetry }: Pick<ChannelSettings, "handleJoin" | "telemetry">,
  reasons: JoinReasons,
): Promise<Result<MusubiSocket<Assigns>, string>> {
  const connected = findConnected(socket);
  if (!connected.ok) return connected;
  const answer = checkAnswer(await handleJoin(params, connected.value), "handleJoin");
  if (answer.kind === "ok") return success(answer.socket);
  const said = answer.reason ?? PLAIN_REFUSAL;
  telemetry.emit("musubi.auth.deny", {}, { topic: socket.topic, reason: said });
  const reason = reasons[said];
  if (reason !== null) return failure(reason);
  throw new Error(`handleJoin answered "${said}", for which this wire has no reason.`);
}

/** The answer of a join that is refused with `reason`. */
export function refuseWith(reason: string): ReturnType<typeof refuseJoin> {
  return refuseJoin({ reason });
}
