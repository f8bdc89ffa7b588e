import type { CommandDocument } from "../inspection";
import { toMilliseconds } from "./milliseconds";

/**
 * How sure it is that a command caused an envelope. `high`: no other command was on its way on the channel, and the envelope came at once.
 * `medium`: it came later, so that the server may have had a reason of its own. `low`: others were on their way too,
 * and replies can run ahead of envelopes (wire.md 13).
 */
export type Confidence = "high" | "medium" | "low";

/** A command as it is followed: the document that is shown, which its reply and its envelopes complete. */
export type CommandRecord = {
  -readonly [Key in keyof CommandDocument]: CommandDocument[Key];
} & {
  readonly t: number;
  /** The event that answered it, or that ended its channel first. */
  ended_seq: number | null;
  /** How sure it is that it caused the envelope of `patch_seqs`; null where there is none. */
  confidence: Confidence | null;
};

/** Completes a command with its reply, which came as event `seq` at `t`. One whose channel ended first stays lost. */
export function answerCommand(
  command: CommandRecord,
  status: string,
  reply: CommandDocument["reply"],
  seq: number,
  t: number,
): void {
  if (command.status !== "pending") return;
  command.status = status;
  command.reply = reply;
  command.rtt_ms = toMilliseconds(t - command.t);
  command.ended_seq = seq;
}

/** The command's channel ended with event `seq`, before a reply came. */
export function loseCommand(command: CommandRecord, seq: number): void {
  if (command.status !== "pending") return;
  command.status = "lost";
  command.ended_seq = seq;
}

/** The command as it stood after event `seq`; undefined where it had not been sent. */
export function commandAt(command: CommandRecord, seq: number): CommandDocument | undefined {
  if (command.seq > seq) return undefined;
  const { socket, topic, ref, root_id, store_id, name, payload, by, ended_seq } = command;
  const sent = { seq: command.seq, socket, topic, ref, root_id, store_id, name, payload, by };
  const patch_seqs = command.patch_seqs.filter((patch) => patch <= seq);
  if (ended_seq === null || ended_seq > seq) {
    return { ...sent, status: "pending", reply: null, rtt_ms: null, patch_seqs };
  }
  const { status, reply, rtt_ms } = command;
  return { ...sent, status, reply, rtt_ms, patch_seqs };
}
