import { createServer } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { portOf } from "../server/bare-server";
import { startTicker, type Ticker } from "../server/ticker";
import { envelopeFrame, ROOT_ID, replace } from "../server-frames";
import { HOSTS } from "../tap/echo-site";
import type { Source } from "./load";
import { firstState, stepOf } from "./session";

/** A page that mounts the root of `session.ts` over a real socket, where the extension watches. */
export type ShopSite = Omit<Source, "made"> & {
  readonly url: string;
  /** Sends so many envelopes at once. */
  readonly send: (envelopes: number) => void;
  readonly made: () => number;
  readonly close: () => void;
};

export async function serveShop(): Promise<ShopSite> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(PAGE);
  });
  const sockets = new WebSocketServer({ server });
  let client: WebSocket | null = null;
  let ticker: Ticker | null = null;
  let [version, made] = [0, 0];

  function post(text: string): void {
    made += 1;
    client?.send(text);
  }
  function sendEnvelope(): void {
    version += 1;
    post(envelopeFrame(version, version === 1 ? { ops: [replace("", firstState())] } : stepOf(version)));
  }
  function hear(text: string): void {
    made += 1;
    const [joinRef, ref, topic, event] = JSON.parse(text);
    const response = event === "mount" ? { root_id: ROOT_ID } : {};
    post(JSON.stringify([joinRef, ref, topic, "phx_reply", { response, status: "ok" }]));
    if (event === "mount") sendEnvelope();
  }
  sockets.on("connection", (socket) => {
    client = socket;
    socket.on("message", (data) => hear(String(data)));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, HOSTS.watched, resolve);
  });
  return {
    url: `http://${HOSTS.watched}:${portOf(server.address())}/`,
    send(envelopes) {
      for (let sent = 0; sent < envelopes; sent += 1) sendEnvelope();
    },
    start(perSecond) {
      ticker = startTicker(perSecond, sendEnvelope);
    },
    stop: () => void ticker?.stop(),
    made: () => made,
    close() {
      for (const socket of sockets.clients) socket.terminate();
      server.closeAllConnections();
      server.close();
    },
  };
}

/** It sends a command for every fourth envelope, as `stepOf` has it. */
const PAGE = `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>A shop</title><link rel="icon" href="data:,">
<script>
  const socket = new WebSocket("ws://" + location.host + "/socket/websocket?vsn=2.0.0");
  let [ref, envelopes] = [2, 0];
  const push = (event, payload) =>
    socket.send(JSON.stringify(["3", String(++ref), "musubi:connection", event, payload]));
  socket.onopen = () => {
    push("phx_join", {});
    push("mount", { module: "Bench.ShopStore", id: "${ROOT_ID}", params: {} });
  };
  socket.onmessage = ({ data }) => {
    if (!data.includes('"patch",{') || ++envelopes % 4 !== 0) return;
    push("command", { root_id: "${ROOT_ID}", store_id: ["rows", "r" + (envelopes % 100)], name: "set", payload: { n: envelopes } });
  };
</script>
`;
