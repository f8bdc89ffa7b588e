import type { Assigns } from "../phoenix/assigns";
import { isPlainObject } from "./equal";
import type { MusubiSocket } from "./socket";

// Where the context of a socket is kept in its `private` (wire.md 14).
const SESSION = "session";
const CONNECT_INFO = "connect_info";
const ROOT_PARAMS = "root_params";

/**
 * A value of the socket's own bookkeeping; `absent`, null where it is not given, where there is none.
 *
 *     getPrivate(putPrivate(socket, "trace", "t1"), "trace") // "t1"
 *     getPrivate(socket, "trace") // null
 *     getPrivate(socket, "trace", "none") // "none"
 */
export function getPrivate(
  socket: Pick<MusubiSocket, "private">,
  key: string,
  absent: unknown = null,
): unknown {
  return Object.hasOwn(socket.private, key) ? socket.private[key] : absent;
}

/**
 * Keeps a value beside the assigns: it is never rendered, and no change of it causes a render.
 *
 *     putPrivate(socket, "trace", "t1").private // { trace: "t1" }
 */
export function putPrivate<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  key: string,
  value: unknown,
): MusubiSocket<Own> {
  return { ...socket, private: { ...socket.private, [key]: value } };
}

/**
 * The params with which the client mounted the root; only the root's own socket has them. `{}` where there are none.
 *
 *     rootParams(putRootParams(socket, { user: "u9" })) // { user: "u9" }
 *     rootParams(socket) // {}
 */
export function rootParams(socket: Pick<MusubiSocket, "private">): Assigns {
  return contextOf(socket, ROOT_PARAMS);
}

/**
 * Stores root params. Throws where they are no object.
 *
 *     rootParams(putRootParams(socket, { page: 2 })) // { page: 2 }
 */
export function putRootParams<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  params: Assigns,
): MusubiSocket<Own> {
  return putContext(socket, ROOT_PARAMS, "Root params", params);
}

/**
 * The session of the connection, readable in every store. `{}` where there is none.
 *
 *     session(putSession(socket, { user: "u9" })) // { user: "u9" }
 *     session(socket) // {}
 */
export function session(socket: Pick<MusubiSocket, "private">): Assigns {
  return contextOf(socket, SESSION);
}

/**
 * Stores the session. Throws where it is no object.
 *
 *     session(putSession(socket, { locale: "de" })) // { locale: "de" }
 */
export function putSession<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  value: Assigns,
): MusubiSocket<Own> {
  return putContext(socket, SESSION, "A session", value);
}

/**
 * What the endpoint tells of the connection: peer, headers, auth token. `{}` where there is nothing.
 *
 *     connectInfo(putConnectInfo(socket, { userAgent: "test" })) // { userAgent: "test" }
 *     connectInfo(socket) // {}
 */
export function connectInfo(socket: Pick<MusubiSocket, "private">): Assigns {
  return contextOf(socket, CONNECT_INFO);
}

/**
 * Stores the connect info. Throws where it is no object.
 *
 *     connectInfo(putConnectInfo(socket, { authToken: null })) // { authToken: null }
 */
export function putConnectInfo<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  info: Assigns,
): MusubiSocket<Own> {
  return putContext(socket, CONNECT_INFO, "Connect info", info);
}

/**
 * `target` with the session and the connect info of `source`, where that has them. Root params, assigns and hooks are
 * not inherited.
 *
 *     session(inheritContext(putSession(socket, { user: "u9" }), socket)) // { user: "u9" }
 *     rootParams(inheritContext(putRootParams(socket, { page: 2 }), socket)) // {}
 */
export function inheritContext<Own extends Assigns>(
  source: Pick<MusubiSocket, "private">,
  target: MusubiSocket<Own>,
): MusubiSocket<Own> {
  const present = [SESSION, CONNECT_INFO].filter((key) => Object.hasOwn(source.private, key));
  if (present.length === 0) return target;
  const inherited = Object.fromEntries(present.map((key) => [key, source.private[key]]));
  return { ...target, private: { ...target.private, ...inherited } };
}

function contextOf(socket: Pick<MusubiSocket, "private">, key: string): Assigns {
  const value = getPrivate(socket, key);
  return isPlainObject(value) ? value : NOTHING;
}

const NOTHING: Assigns = {};

// Plain JavaScript may call this too: what the type promises is looked at.
function putContext<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  key: string,
  what: string,
  value: unknown,
): MusubiSocket<Own> {
  if (isPlainObject(value)) return putPrivate(socket, key, value);
  throw new Error(`${what} must be a plain object, but ${JSON.stringify(value) ?? typeof value} was given.`);
}
