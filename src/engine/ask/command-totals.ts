import type { CommandDocument } from "../inspection";
import type { LiveConnection, LiveRoot } from "../live";

/** What became of some commands. */
export type CommandTotals = {
  readonly total: number;
  /** How many of each status, by the status verbatim. */
  readonly statuses: readonly { readonly status: string; readonly count: number }[];
  /** How long replies took, in milliseconds; null where none came. */
  readonly rtt_ms: Latency | null;
};

/** Nearest-rank percentiles. */
type Latency = { readonly p50: number; readonly p95: number; readonly max: number };

/** The commands that were sent to a root. On a channel of its own they need not name it (wire.md 5). */
export function commandsOf(
  { sockets }: Pick<LiveConnection, "sockets">,
  { topic, wire, root_id }: Pick<LiveRoot, "topic" | "wire" | "root_id">,
  commands: readonly CommandDocument[],
): readonly CommandDocument[] {
  const own = new Set(sockets);
  return commands.filter(
    (command) =>
      command.topic === topic &&
      own.has(command.socket) &&
      (wire !== "multiplexed" || command.root_id === root_id),
  );
}

/** Sums up how commands ended, and how long their replies took, in milliseconds. */
export function totalCommands(commands: readonly CommandDocument[]): CommandTotals {
  const statuses = new Map<string, number>();
  const times: number[] = [];
  for (const { status, rtt_ms } of commands) {
    statuses.set(status, (statuses.get(status) ?? 0) + 1);
    if (rtt_ms !== null) times.push(rtt_ms);
  }
  const counts = [...statuses].map(([status, count]) => ({ status, count }));
  return { total: commands.length, statuses: counts, rtt_ms: latencyOf(times) };
}

function latencyOf(times: number[]): Latency | null {
  if (times.length === 0) return null;
  times.sort((a, b) => a - b);
  const rank = (share: number): number => times[Math.ceil(share * times.length) - 1] ?? 0;
  return { p50: rank(0.5), p95: rank(0.95), max: rank(1) };
}
