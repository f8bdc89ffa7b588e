import type { Assigns } from "../../phoenix/assigns";
import type { ChannelSocket, JoinAnswer } from "../../phoenix/channel";
import type { StopReason } from "../../phoenix/channel-handle";
import { isObjectPayload, type Payload } from "../../phoenix/payload";
import type { Telemetry } from "../telemetry";

/** Runs a join and tells how it went; one that throws was refused too. */
export async function tellJoin<Own extends Assigns>(
  telemetry: Telemetry,
  { topic, endpoint: { now } }: Pick<ChannelSocket, "topic" | "endpoint">,
  module: string | null,
  join: () => Promise<JoinAnswer<Own>>,
): Promise<JoinAnswer<Own>> {
  const startedAt = now();
  const tell = (status: "ok" | "error") =>
    telemetry.emit("musubi.channel.join", { duration: now() - startedAt }, { topic, module, status });
  try {
    const answer = await join();
    tell(answer.kind === "ok" ? "ok" : "error");
    return answer;
  } catch (error) {
    tell("error");
    throw error;
  }
}

export function tellTerminated(telemetry: Telemetry, topic: string, reason: StopReason): void {
  telemetry.emit("musubi.channel.terminate", {}, { topic, reason: reason.kind });
}

/** The module that a join asks for, as the client says it. */
export function moduleIn(payload: Payload): string | null {
  if (!isObjectPayload(payload)) return null;
  return typeof payload.module === "string" ? payload.module : null;
}
