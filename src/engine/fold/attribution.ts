import { countPassing } from "../content/count-passing";
import type { CommandRecord } from "./command";

/** An envelope that comes later than this after a reply is not taken for its consequence. */
const ATTRIBUTION_WINDOW_MS = 1000;

/** Commands of one root that may wait for their envelopes at once; the earliest gives up its claim. */
const MAX_WAITING_COMMANDS = 10_000;

type Answered = { readonly command: CommandRecord; readonly seq: number; readonly t: number };

/**
 * Which command caused which envelope (session-format.md, Commands). The wire does not say: a command takes its root's
 * first envelope after its reply that no earlier command took, within a second and before the next exchange. It is a
 * heuristic (wire.md 13).
 */
export type Attribution = {
  /** Answered commands that wait, in the order in which they were sent. */
  readonly waiting: Answered[];
  /** A command that was answered before this `seq` no longer waits: a later one has been sent and answered. */
  cutoff: number;
};

/** An attribution for which no command waits. */
export function createAttribution(): Attribution {
  return { waiting: [], cutoff: 0 };
}

/** The reply to `command` came as event `seq` at `t`: it waits for its envelope from now on. */
export function awaitEnvelope(
  attribution: Attribution,
  command: CommandRecord,
  seq: number,
  t: number,
): void {
  attribution.cutoff = Math.max(attribution.cutoff, command.seq);
  const { waiting } = attribution;
  dropExpired(attribution, t);
  if (waiting.length >= MAX_WAITING_COMMANDS) waiting.shift();
  const at = countPassing(waiting.length, (place) => (waiting[place]?.command.seq ?? 0) <= command.seq);
  waiting.splice(at, 0, { command, seq, t });
}

/** An envelope that comes within this time of a reply came at once: a server sends both in one go. */
const AT_ONCE_MS = 50;

/**
 * The command that takes the envelope which came as event `seq` at `t`; null where none waits for one.
 * @param unanswered commands of the channel that still await their reply
 */
export function takeEnvelope(
  attribution: Attribution,
  seq: number,
  t: number,
  unanswered: number,
): CommandRecord | null {
  const { waiting } = attribution;
  if (waiting.length === 0) return null;
  dropExpired(attribution, t);
  const taker = waiting.shift();
  if (taker === undefined) return null;
  const isAlone = unanswered === 0 && waiting.length === 0;
  taker.command.patch_seqs = [seq];
  taker.command.confidence = !isAlone ? "low" : t - taker.t <= AT_ONCE_MS ? "high" : "medium";
  return taker.command;
}

/** Only the earliest may take the next envelope, so that those behind it are looked at when their turn comes. */
function dropExpired({ waiting, cutoff }: Attribution, t: number): void {
  for (let [first] = waiting; first !== undefined; [first] = waiting) {
    if (first.seq > cutoff && t - first.t <= ATTRIBUTION_WINDOW_MS) return;
    waiting.shift();
  }
}
