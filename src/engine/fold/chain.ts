import type { SocketEvent } from "../../session/event";
import { readAuthToken } from "../../wire/auth-token";
import { isStrings } from "../../wire/json";
import { VSN } from "../../wire/protocol";
import { readSocketUrl, type SocketUrl, serializerOf } from "../../wire/socket-url";
import type { Attempt } from "../live";
import { endClient } from "./client-side";
import { type ConnectionRecord, createConnection, type TransportFace } from "./connection";
import { updateStatus } from "./connection-status";
import { type FoldState, report } from "./fold-state";
import { isFull } from "./full";
import { createIdleConnections, type IdleConnections } from "./idle-connections";
import { toMilliseconds } from "./milliseconds";
import { closeTransport, createTransport, type TransportRecord } from "./transport";

/**
 * A new transport: it continues a connection of the same page frame, endpoint, query keys and serializer whose newest
 * transport has closed, or starts one (session-format.md, Connections).
 */
export function addTransport(fold: FoldState, event: SocketEvent): void {
  const transport = acceptTransport(fold, event);
  const { seq } = fold;
  const { socket } = event;
  const connection = transport?.connection ?? null;
  const attempt = transport?.attempt ?? null;
  fold.timeline.add({ seq, kind: "transport", what: "socket", socket, connection, attempt, code: null });
}

/** Null where its number is taken, or where there are too many. */
function acceptTransport(fold: FoldState, event: SocketEvent): TransportRecord | null {
  if (fold.transports.has(event.socket)) {
    report(
      fold,
      "duplicate_socket",
      `Socket ${event.socket} is announced again. Its number is taken, so its frames count for the first one.`,
    );
    return null;
  }
  if (isFull(fold, fold.told, "transports", fold.transports.size)) return null;
  const url = readSocketUrl(event.url);
  const connection = findConnection(fold, event, url);
  if (connection === null) return null;
  connection.sockets.push(event.socket);
  // Only the fields that an event must have were checked when it came.
  connection.has_auth_token = isStrings(event.protocols) && readAuthToken(event.protocols) !== null;
  const attempt = addAttempt(fold, connection, event.socket);
  const transport = createTransport(event, url.vsn, connection, attempt);
  fold.transports.set(event.socket, transport);
  updateStatus(connection, transport.phase);
  checkSerializer(fold, connection, url.vsn);
  return transport;
}

/** The connection that a transport continues, or the one that it starts; null where there are too many. */
function findConnection(
  fold: FoldState,
  event: SocketEvent,
  { endpoint, base, vsn, keys }: SocketUrl,
): ConnectionRecord | null {
  const chain = JSON.stringify([event.frame ?? null, base, keys, vsn]);
  const idle = fold.chains.get(chain) ?? createIdleConnections<ConnectionRecord>();
  const { url, transport } = event;
  const continued = idle.take(url);
  if (continued === undefined && isFull(fold, fold.told, "connections", fold.connections.length)) return null;
  fold.chains.set(chain, idle);
  const sockets = (continued?.sockets.length ?? 0) + 1;
  const face: TransportFace = { url, endpoint, transport, serializer: vsn, sockets };
  const connection = continued ?? startConnection(fold, idle, event, face);
  connection.newest.set(face);
  return connection;
}

/** Told once a connection: its client asks for the same each time. */
function checkSerializer(fold: FoldState, connection: ConnectionRecord, vsn: string): void {
  if (connection.has_bad_vsn || serializerOf(vsn) !== null) return;
  connection.has_bad_vsn = true;
  report(
    fold,
    "unsupported_vsn",
    `The page asks for serializer version ${JSON.stringify(vsn)}, which no server accepts: it refuses the ` +
      `connection. Frames are read as those of ${VSN.v2}.`,
  );
}

/** Tries to connect of which a connection remembers the newest: a server that is away is tried all day. */
export const MAX_ATTEMPTS = 100;

function addAttempt({ seq, t }: FoldState, connection: ConnectionRecord, socket: number): Attempt {
  const { attempts, closed_at } = connection;
  const delay_ms = closed_at === null ? null : toMilliseconds(t - closed_at);
  const nth = connection.attempts_since++ + 1;
  const attempt: Attempt = { socket, seq, t, nth, delay_ms };
  attempts.push(attempt);
  if (attempts.length > MAX_ATTEMPTS) attempts.shift();
  connection.closed_at = null;
  return attempt;
}

function startConnection(
  fold: FoldState,
  idle: IdleConnections<ConnectionRecord>,
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
    for (const root of connection.roots) endClient(root.client, fold.seq);
    connection.status = "closed";
  }
  fold.ended_connections = fold.connections.length;
  fold.chains.clear();
}
