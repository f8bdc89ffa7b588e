import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocketServer } from "ws";
import { closeServer, portOf } from "./servers";

/**
 * A blank page everywhere, where none was published; at `/websocket` a socket that gives back every frame as it came; at any path that ends with
 * `/longpoll` what was asked, as JSON. The frame `close CODE` closes with that code and `cut` without one.
 * `/refused/websocket` cuts the connection, `/missing/websocket` is not found, `/choosy/websocket` speaks a protocol
 * that nobody asked for. The long poll takes `status`, `delay` (ms before the answer), `stall` (ms before the end of
 * its body), `cut`, and `redirect` in its query; `seen=ID` answers with the methods that came with `id=ID`.
 */
export async function startEchoServer(): Promise<{
  /** Host and port. Every address that begins with 127 is this machine. */
  readonly origin: string;
  /** The same server under a host that the extension does not watch. */
  readonly unwatched: string;
  /** Serves this page from now on, under the path that is returned. */
  readonly publish: (html: string, policy?: string) => string;
  readonly close: () => Promise<void>;
}> {
  const seen = new Map<string, string[]>();
  const pages = new Map<string, Published>();
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    if (url.pathname.endsWith("/longpoll")) void answerPoll(request, response, url.searchParams, seen);
    else answerPage(response, pages.get(url.pathname) ?? BLANK);
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => upgrade(sockets, request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return {
    origin: `127.0.0.1:${portOf(server)}`,
    unwatched: `127.0.0.2:${portOf(server)}`,
    publish(html, policy) {
      const path = `/page/${pages.size}`;
      pages.set(path, { html, policy });
      return path;
    },
    close() {
      for (const client of sockets.clients) client.terminate();
      return closeServer(server);
    },
  };
}

type Published = { readonly html: string; readonly policy: string | undefined };

const BLANK: Published = { html: "<p>Echo</p>", policy: undefined };

function answerPage(response: ServerResponse, { html, policy }: Published): void {
  response.setHeader("content-type", "text/html; charset=utf-8");
  if (policy !== undefined) response.setHeader("content-security-policy", policy);
  response.end(`<!doctype html><title>Echo</title>${html}`);
}

async function answerPoll(
  request: IncomingMessage,
  response: ServerResponse,
  query: URLSearchParams,
  seen: Map<string, string[]>,
): Promise<void> {
  const { method = "", headers } = request;
  let body = "";
  for await (const chunk of request) body += String(chunk);
  const id = query.get("id");
  if (id !== null) seen.set(id, [...(seen.get(id) ?? []), method]);
  response.setHeader("access-control-allow-origin", headers.origin ?? "*");
  response.setHeader("access-control-allow-headers", "x-phoenix-longpoll-token, content-type");
  await delay(query.get("delay"));
  if (query.has("cut")) return void response.destroy();
  const redirect = query.get("redirect");
  if (redirect !== null) return void response.writeHead(307, { location: redirect }).end();
  const asked = query.get("seen");
  const { accept, origin } = headers;
  const token = headers["x-phoenix-longpoll-token"];
  const type = headers["content-type"]?.replace(/boundary=.*/, "boundary");
  // A form's boundary is drawn anew each time, in Firefox with a length of its own.
  const length = type?.startsWith("multipart/") ? undefined : headers["content-length"];
  const heard = {
    method,
    token,
    type,
    length,
    accept,
    origin,
    body: body.replaceAll(/-{4,}\w+/g, "boundary"),
  };
  response.writeHead(Number(query.get("status") ?? 200), { "content-type": "application/json" });
  const answer = JSON.stringify(asked === null ? heard : (seen.get(asked) ?? []));
  if (!query.has("stall")) return void response.end(answer);
  // The first part tells the page that the answer has begun.
  response.write(answer.slice(0, 1));
  await delay(query.get("stall"));
  response.end(answer.slice(1));
}

function upgrade(sockets: WebSocketServer, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const path = request.url ?? "";
  if (path.startsWith("/missing/")) return void socket.end("HTTP/1.1 404 Not Found\r\n\r\n");
  if (path.startsWith("/choosy/")) request.headers["sec-websocket-protocol"] = "another";
  else if (!path.startsWith("/websocket")) return void socket.destroy();
  sockets.handleUpgrade(request, socket, head, (websocket) => {
    websocket.on("message", (data, isBinary) => {
      const order = isBinary ? "" : String(data);
      const close = /^close (\d+)$/.exec(order);
      if (close !== null) websocket.close(Number(close[1]), "as asked");
      else if (order === "cut") websocket.terminate();
      else websocket.send(data, { binary: isBinary });
    });
  });
}

function delay(ms: string | null): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Number(ms ?? 0)));
}
