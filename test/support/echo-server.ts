import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { portOf } from "./servers";

/**
 * A blank page and, at `/websocket`, a socket that gives back every frame as it came. The frame `close CODE` closes it
 * with that code; `/refused/websocket` refuses.
 */
export async function startEchoServer(): Promise<{ readonly origin: string; readonly close: () => void }> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end("<!doctype html><title>Echo</title><p>Echo</p>");
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    if (request.url?.startsWith("/websocket") !== true) return socket.destroy();
    sockets.handleUpgrade(request, socket, head, (websocket) => {
      websocket.on("message", (data, isBinary) => {
        const close = isBinary ? null : /^close (\d+)$/.exec(String(data));
        if (close === null) websocket.send(data, { binary: isBinary });
        else websocket.close(Number(close[1]), "as asked");
      });
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `127.0.0.1:${portOf(server)}`,
    close() {
      for (const client of sockets.clients) client.terminate();
      server.close();
    },
  };
}
