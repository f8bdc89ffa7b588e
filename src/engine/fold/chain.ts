import type { SocketEvent } from "../../session/event";
import { readSocketUrl } from "../../wire/socket-url";
import { type ConnectionRecord, updateStatus } from "./connection";
import { type FoldState, report } from "./fold-state";
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
  const connection = takeContinued(idle, event.url) ?? startConnection(fold, idle, event);
  connection.endpoint = endpoint;
  connection.transport = event.transport;
  connection.serializer = vsn;
  connection.url = event.url;
  connection.sockets.push(event.socket);
  const transport = createTransport(event, vsn, connection);
  fold.transports.set(event.socket, transport);
  updateStatus(connection, transport.phase);
}

/** Among those that may be continued, one with the very URL first, then the oldest. It waits no longer. */
function takeContinued(idle: ConnectionRecord[], url: string): ConnectionRecord | undefined {
  const same = idle.findIndex((connection) => connection.url === url);
  const [taken] = idle.splice(Math.max(same, 0), 1);
  return taken;
}

function startConnection(fold: FoldState, idle: ConnectionRecord[], event: SocketEvent): ConnectionRecord {
  const connection: ConnectionRecord = {
    id: fold.connections.length + 1,
    frame: event.frame ?? null,
    endpoint: "",
    transport: event.transport,
    serializer: "",
    status: "connecting",
    sockets: [],
    channels: [],
    roots: [],
    url: event.url,
    was_open: false,
    ended: false,
    idle,
    places: new Map(),
    olderRefs: new Map(),
    rootsByTopic: new Map(),
  };
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
      if (transport !== undefined) closeTransport(transport, null);
    }
    connection.status = "closed";
  }
  fold.ended_connections = fold.connections.length;
  fold.chains.clear();
}
