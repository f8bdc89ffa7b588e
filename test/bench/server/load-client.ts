import { WebSocket } from "ws";
import { isJsonArray, isJsonObject, type Json } from "../../../src/wire/json";
import type { Tally } from "./tally";

export const LOAD_MODULE = "Bench.Ticker";

/** As phoenix.js does: a server closes whoever says nothing for a minute. */
const HEARTBEAT_MS = 30_000;

/** One socket with its roots: joins them, and counts what arrives. Resolves when each has its first envelope. */
export async function connectLoad(
  url: string,
  firstRoot: number,
  roots: number,
  tally: Tally,
): Promise<WebSocket> {
  const socket = new WebSocket(`${url}/websocket?vsn=2.0.0`);
  const versions = new Map<Json | undefined, number>();
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  return new Promise((resolve, reject) => {
    socket.on("message", (data: Buffer) => {
      const text = data.toString("utf8");
      if (!text.startsWith("[")) return tally.bare(data.length);
      const frame: Json = JSON.parse(text);
      if (!isJsonArray(frame) || frame[3] !== "patch") return;
      const [, , topic, , payload] = frame;
      if (!isJsonObject(payload) || typeof payload.version !== "number") return tally.fault();
      const held = versions.get(topic) ?? 0;
      versions.set(topic, payload.version);
      if (payload.base_version !== held || payload.version !== held + 1) tally.fault();
      if (held > 0) tally.envelope(data.length, sentAtOf(payload.ops));
      else if (versions.size === roots) resolve(socket);
    });
    const heartbeat = setInterval(() => sendHeartbeat(socket), HEARTBEAT_MS);
    socket.on("close", (code) => {
      clearInterval(heartbeat);
      tally.closed();
      reject(new Error(`A client of the load was closed with ${code}.`));
    });
    for (let n = firstRoot; n < firstRoot + roots; n += 1) joinRoot(socket, n);
  });
}

function sendHeartbeat(socket: WebSocket): void {
  socket.send(JSON.stringify([null, "heartbeat", "phoenix", "heartbeat", {}]));
}

function joinRoot(socket: WebSocket, n: number): void {
  const id = String(n);
  const payload = { module: LOAD_MODULE, id, params: { n } };
  socket.send(JSON.stringify([id, id, `musubi:connection:${LOAD_MODULE}:${id}`, "phx_join", payload]));
}

/** The moment at which the server made the change, as the change itself says; null where it does not. */
function sentAtOf(ops: Json | undefined): number | null {
  if (!isJsonArray(ops)) return null;
  for (const op of ops) {
    if (isJsonObject(op) && op.path === "/sent_at" && typeof op.value === "number") return op.value;
  }
  return null;
}
