import type { CommandDocument } from "../inspection";

/** A command as it is followed: the document that is shown, which its reply and its envelopes complete. */
export type CommandRecord = {
  -readonly [Key in keyof CommandDocument]: CommandDocument[Key];
} & { readonly t: number };

/** Milliseconds with the three decimals that a session keeps. */
const DECIMALS = 1000;

/** Completes a command with its reply at `t`. One whose channel ended first stays lost. */
export function answerCommand(
  command: CommandRecord,
  status: string,
  reply: CommandDocument["reply"],
  t: number,
): void {
  if (command.status !== "pending") return;
  command.status = status;
  command.reply = reply;
  command.rtt_ms = Math.round((t - command.t) * DECIMALS) / DECIMALS;
}

/** The command's channel ended before a reply came. */
export function loseCommand(command: CommandRecord): void {
  if (command.status === "pending") command.status = "lost";
}
