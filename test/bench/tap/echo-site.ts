import { createServer, type Server } from "node:http";
import { WebSocketServer } from "ws";
import { portOf } from "../server/bare-server";

/** The hosts that the pages are served on, all of this machine. The manifest's patterns match the first one alone. */
export const HOSTS = { watched: "127.0.0.1", unwatched: "127.0.0.2", control: "127.0.0.3" } as const;

export type Host = keyof typeof HOSTS;

/** The same pages and sockets on each host. */
export type EchoSite = {
  /** Such as `127.0.0.1:4711`. */
  readonly authority: (host: Host) => string;
  readonly close: () => void;
};

/** Serves a page on every path, and sockets on every path that answer each push with a reply of the same length. */
export async function serveEchoSite(): Promise<EchoSite> {
  const servers = { watched: createSite(), unwatched: createSite(), control: createSite() };
  const hosts: readonly Host[] = ["watched", "unwatched", "control"];
  await Promise.all(hosts.map((host) => listen(servers[host], HOSTS[host])));
  return {
    authority: (host) => `${HOSTS[host]}:${portOf(servers[host].address())}`,
    close: () => {
      for (const host of hosts) {
        servers[host].closeAllConnections();
        servers[host].close();
      }
    },
  };
}

function createSite(): Server {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    // Every load is a whole one.
    response.setHeader("cache-control", "no-store");
    response.end(PAGE);
  });
  // Nothing is deflated: the page's own cost a frame shall be as small as it can be.
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket) => {
    socket.on("message", (data) => socket.send(replyTo(String(data))));
  });
  return server;
}

/** Turns a push into its reply, as a channel does that gives back what it was sent. */
function replyTo(push: string): string {
  return push
    .replace('"message",{"text":"', '"phx_reply",{"status":"ok","response":"')
    .replace(/x{18}"\}\]$/, '"}]');
}

function listen(server: Server, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", reject).listen(0, host, resolve);
  });
}

const ROWS = 500;

/** An ordinary page without sockets: some content, some style, a script that works a little. */
const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Page</title><link rel="icon" href="data:,">
<style>li:nth-child(odd) { background: #eee }</style>
<ol>${Array.from({ length: ROWS }, (_, row) => `<li>Row <b>${row}</b> of the page</li>`).join("\n")}</ol>
<script>
  const items = [...document.querySelectorAll("li")].map((item) => ({ text: item.textContent }));
  document.title = String(JSON.stringify(items).length);
</script>
`;
