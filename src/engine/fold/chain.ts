import type { SocketEvent } from "../../session/event";
import { readAuthToken } from "../../wire/auth-token";
import { readSocketUrl } from "../../wire/socket-url";
import { type ConnectionRecord, createConnection, type TransportFace, updateStatus } from "./connection";
import { type FoldState, report } from "./fold-state";
import { toMilliseconds } from "./milliseconds";
import { closeTransport, createTransport } from "./transport";

/**
 * A new transport: it continues a connection of the same page frame, endpoint, query keys and serializer whose newest
 * transport has closed, or starts one (session-format.md, Connections).
 */
export function addTransport(fold: FoldState, event: SocketEvent): void {
  if (fold.transports.has(event.socket)) {
    report(
      fold,
      "duplicate_socket",
      `Socket ${event.socket} is announced again. Its number is taken, so its frames count for the first one.`,
    );
    return;
  }
  const { endpoint, base, vsn, keys } = readSocketUrl(event.url);
  const chain = JSON.stringify([event.frame ?? null, base, keys, vsn]);
  const idle = fold.chains.get(chain) ?? [];
  fold.chains.set(chain, idle);
  const { url, transport: kind } = event;
  const continued = takeContinued(idle, url);
  const sockets = (continued?.sockets.length ?? 0) + 1;
  const face: TransportFace = { url, endpoint, transport: kind, serializer: vsn, sockets };
  const connection = continued ?? startConnection(fold, idle, event, face);
  connection.newest.set(face);
  connection.sockets.push(event.socket);
  connection.has_auth_token = readAuthToken(event.protocols ?? []) !== null;
  addAttempt(fold, connection, event.socket);
  const transport = createTransport(event, vsn, connection);
  fold.transports.set(event.socket, transport);
  updateStatus(connection, transport.phase);
}

/** Tries to connect of which a connection remembers the newest: a server that is away is tried all day. */
export const MAX_ATTEMPTS = 100;

function addAttempt({ seq, t }: FoldState, connection: ConnectionRecord, socket: number): void {
  const { attempts, closed_at } = connection;
  const delay_ms = closed_at === null ? null : toMilliseconds(t - closed_at);
  const nth = connection.attempts_since++ + 1;
  attempts.push({ socket, seq, t, nth, delay_ms });
  if (attempts.length > MAX_ATTEMPTS) attempts.shift();
  connection.closed_at = null;
}

/** Among those that may be continued, one with the very URL first, then the oldest. It waits no longer. */
function takeContinued(idle: ConnectionRecord[], url: string): ConnectionRecord | undefined {
  const same = idle.findIndex((connection) => connection.newest.now().url === url);
  const [taken] = idle.splice(Math.max(same, 0), 1);
  return taken;
}

function startConnection(
  fold: FoldState,
  idle: ConnectionRecord[],
  event: SocketEvent,
  face: TransportFace,
): ConnectionRecord {
  const id = fold.connections.length + 1;
  const connection = createConnection(fold, fold.archive, face, { id, frame: event.frame ?? null, idle });
  fold.connections.push(connection);
  return connection;
}

/** The page is gone, and its connections with it: none of them can be continued. */
export function endPage(fold: FoldState): void {
  // Those of earlier pages have ended before.
  for (const connection of fold.connections.slice(fold.ended_connections)) {
    connection.ended = true;
    for (const socket of connection.sockets) {
      const transport = fold.transports.get(socket);
      if (transport !== undefined) closeTransport(transport, null, fold.t);
    }
    connection.status = "closed";
  }
  fold.ended_connections = fold.connections.length;
  fold.chains.clear();
}
