import type { ConnectionStatus, Span } from "../bridge/life-view";
import type { List, Turn } from "./life-index";

/** After these close codes a client does not connect again by itself (wire.md 2.1). */
const FINAL_CODES: ReadonlySet<number | null> = new Set([1000, 1005]);

/**
 * The statuses that a connection had, oldest first, told from what became of its transports (session-format.md,
 * Connections).
 * @param at the event after which nothing counts
 * @param timeOf when an event came, in milliseconds of the session
 * @param to_t the time at which the last of them ends
 */
export function spansOf(
  turns: List<Turn>,
  at: number,
  timeOf: (seq: number) => number,
  to_t: number,
): readonly Span[] {
  const changes: { readonly status: ConnectionStatus; readonly seq: number }[] = [];
  const step = createStatus();
  for (let nth = 0; nth < turns.length(); nth++) {
    const turn = turns.at(nth);
    if (turn === undefined || turn.seq > at) break;
    const status = step(turn);
    if (status !== changes.at(-1)?.status) changes.push({ status, seq: turn.seq });
  }
  return changes.map(({ status, seq }, nth) => {
    const next = changes[nth + 1];
    return { status, seq, from_t: timeOf(seq), to_t: next === undefined ? to_t : timeOf(next.seq) };
  });
}

/** Follows a connection by its turns: gives its status after each of them. */
function createStatus(): (turn: Turn) => ConnectionStatus {
  let status: ConnectionStatus = "connecting";
  /** The newest transport; null once it has closed. */
  let socket: number | null = null;
  let wasOpen = false;
  let isEnded = false;

  const waiting = (): ConnectionStatus => (wasOpen ? "reconnecting" : "connecting");

  function next(turn: Turn): ConnectionStatus {
    if (isEnded || turn.kind === "page") {
      isEnded = true;
      return "closed";
    }
    if (turn.what === "socket") {
      socket = turn.socket;
      return waiting();
    }
    if (turn.socket !== socket || turn.what === "error") return status;
    if (turn.what === "open") {
      wasOpen = true;
      return "connected";
    }
    socket = null;
    return FINAL_CODES.has(turn.code) ? "closed" : waiting();
  }

  return (turn) => {
    status = next(turn);
    return status;
  };
}
