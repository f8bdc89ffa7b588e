import { connect } from "node:net";
import { WebSocket } from "ws";

/** How many of each kind misbehave at once. */
const EACH = 3;
const FLOOD_FRAMES = 200;
const OVERSIZED_BYTES = 9_000_000;
const PERIOD_MS = 250;

/** Lets clients misbehave in four ways beside the others, over and over. Returns the undo. */
export function misbehave(url: string): () => void {
  const open = new Set<WebSocket>();
  const begin = (run: (socket: WebSocket) => void): void => {
    const socket = new WebSocket(`${url}/websocket?vsn=2.0.0`);
    open.add(socket);
    socket.on("open", () => run(socket));
    // That the server ends them is what they are for.
    socket.on("error", () => {});
    socket.on("close", () => {
      open.delete(socket);
    });
  };
  const timer = setInterval(() => {
    if (open.size >= EACH * 4) return;
    begin(sendGarbage);
    begin(sendOversized);
    begin(flood);
    begin(readNothing);
    breakOff(url);
  }, PERIOD_MS);
  return () => {
    clearInterval(timer);
    for (const socket of open) socket.terminate();
  };
}

function sendGarbage(socket: WebSocket): void {
  socket.send("this is no frame");
  socket.send(new Uint8Array([9, 9, 9]));
}

function sendOversized(socket: WebSocket): void {
  socket.send("x".repeat(OVERSIZED_BYTES));
}

/** Joins and leaves without waiting for anything, and sends what nobody asked for. */
function flood(socket: WebSocket): void {
  for (let n = 0; n < FLOOD_FRAMES; n += 1) {
    const ref = String(n);
    socket.send(JSON.stringify([ref, ref, `nowhere:${n % 5}`, n % 2 === 0 ? "phx_join" : "hello", {}]));
    socket.send(JSON.stringify([null, ref, "phoenix", "heartbeat", {}]));
  }
}

/** Asks for more than it takes. */
function readNothing(socket: WebSocket): void {
  socket.pause();
  flood(socket);
}

/** Begins an upgrade and goes away in the middle of it. */
function breakOff(url: string): void {
  const { hostname, port } = new URL(url);
  const stream = connect(Number(port), hostname);
  stream.on("error", () => {});
  stream.write("GET /socket/websocket?vsn=2.0.0 HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n", () =>
    stream.destroy(),
  );
}
