import type { SocketConnectOption } from "phoenix";

type V1Options = Pick<SocketConnectOption, "vsn" | "encode" | "decode">;

/**
 * Makes phoenix.js, which brings V2 only, speak V1 (wire.md 1.2): objects rather than arrays, and no binary form.
 * phoenix.js takes such options over WebSockets; over long poll it speaks V2 whatever one asks for.
 */
export const V1: V1Options = {
  vsn: "1.0.0",
  encode: (message, callback) => void callback(JSON.stringify(message)),
  // A V1 server sends no join_ref, and phoenix.js takes null for "whichever instance there is".
  decode: (text, callback) => void callback({ join_ref: null, ...JSON.parse(text) }),
};
