import { SUBPROTOCOL } from "./protocol";

/** The standard alphabet without padding, which is what the server decodes; `atob` alone would let spaces through. */
const UNPADDED_BASE64 = /^[A-Za-z0-9+/]+$/;

/** Whether a WebSocket subprotocol carries an auth token, readable or not: it is a secret then (wire.md 1.5). */
export function isAuthTokenProtocol(protocol: string): boolean {
  return protocol.startsWith(SUBPROTOCOL.authTokenPrefix);
}

/**
 * The auth token among the subprotocols that a page asked for (wire.md 1.5); null where there is none, or where the
 * first that should be one does not decode. Its characters are those of `btoa`: one for each byte.
 */
export function readAuthToken(protocols: readonly string[]): string | null {
  const base64 = protocols.find(isAuthTokenProtocol)?.slice(SUBPROTOCOL.authTokenPrefix.length);
  if (base64 === undefined || !UNPADDED_BASE64.test(base64)) return null;
  try {
    return atob(base64);
  } catch {
    return null;
  }
}

/**
 * The subprotocols with which phoenix.js asks for a socket with this token; without one where it is empty. Throws
 * where the token has characters above U+00FF, as phoenix.js does: it has no way to send them.
 */
export function encodeAuthToken(token: string): readonly string[] {
  if (token === "") return [SUBPROTOCOL.phoenix];
  return [SUBPROTOCOL.phoenix, SUBPROTOCOL.authTokenPrefix + btoa(token).replace(/=+$/, "")];
}
