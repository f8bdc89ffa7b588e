import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { describeError, type Log } from "../../log";
import type { MountedTransport } from "../transport-kind";
import { refuseUpgrade } from "./refuse-upgrade";

/** What handles a request; null where it is not for a socket. */
type FindHandler = (request: IncomingMessage) => MountedTransport | null;

const BAD_REQUEST = 400;
const NOT_FOUND = 404;
const FAILED = 500;

/** Puts the sockets before the listeners that `server` has. They get what is not for a socket, and only that. */
export function attachListeners(server: Server, find: FindHandler, log: Log): void {
  attachRequests(server, find, log);
  attachUpgrades(server, find, log);
}

function attachRequests(server: Server, find: FindHandler, log: Log): void {
  const others = server.listeners("request");
  server.removeAllListeners("request");
  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const handler = find(request);
    if (handler === null) {
      for (const other of others) Reflect.apply(other, server, [request, response]);
      if (isAlone(server, "request", others)) answerEmpty(response, NOT_FOUND);
    } else if (handler.handleRequest === undefined) {
      answerEmpty(response, BAD_REQUEST);
    } else {
      handler.handleRequest(request, response).catch((error: unknown) => {
        log(`Answering ${request.method ?? "a request"} of a client failed: ${describeError(error)}`);
        if (response.headersSent) response.destroy();
        else answerEmpty(response, FAILED);
      });
    }
  });
}

function attachUpgrades(server: Server, find: FindHandler, log: Log): void {
  const others = server.listeners("upgrade");
  server.removeAllListeners("upgrade");
  server.on("upgrade", (request: IncomingMessage, stream: Duplex, head: Buffer) => {
    const handler = find(request);
    // Node leaves an upgrade's stream to whoever answers: one that breaks off must not end the process.
    stream.on("error", () => {});
    if (handler === null) {
      for (const other of others) Reflect.apply(other, server, [request, stream, head]);
      if (isAlone(server, "upgrade", others)) refuseUpgrade(stream, { status: NOT_FOUND });
    } else if (handler.handleUpgrade === undefined) {
      refuseUpgrade(stream, { status: BAD_REQUEST });
    } else {
      handler.handleUpgrade(request, stream, head).catch((error: unknown) => {
        log(`Upgrading the connection of a client failed: ${describeError(error)}`);
        refuseUpgrade(stream, { status: FAILED });
      });
    }
  });
}

/** Whether nobody else will answer: a listener that came later hears of everything too. */
function isAlone(server: Server, event: "request" | "upgrade", others: readonly unknown[]): boolean {
  return others.length === 0 && server.listenerCount(event) === 1;
}

function answerEmpty(response: ServerResponse, status: number): void {
  response.writeHead(status, { "content-length": 0 });
  response.end();
}
