import { LongPoll, Socket, type SocketConnectOption } from "phoenix";
import type { DemoConfig } from "./demo-config";

/** A socket of phoenix.js, not connected yet, that speaks to the server as the server wants it. */
export function createSocket(url: string, { transport, vsn }: Omit<DemoConfig, "wire">): Socket {
  const format = vsn === "1.0.0" ? V1 : {};
  return new Socket(url, transport === "websocket" ? format : { ...format, transport: OwnLongPoll });
}

/** Makes phoenix.js, which brings V2 only, speak V1 (wire.md 1.2): objects rather than arrays, and no binary form. */
const V1: Pick<SocketConnectOption, "vsn" | "encode" | "decode"> = {
  vsn: "1.0.0",
  encode: (message, callback) => void callback(JSON.stringify(message)),
  // A V1 server sends no join_ref, and phoenix.js takes null for "whichever instance there is".
  decode: (text, callback) => void callback({ join_ref: null, ...JSON.parse(text) }),
};

/** phoenix.js lets an application choose the format of its frames over every transport but `LongPoll` itself. */
class OwnLongPoll extends LongPoll {}
