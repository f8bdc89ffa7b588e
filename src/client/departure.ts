import type { Channel, Socket } from "phoenix";
import { isObject } from "../wire/json";
import { EVENT, REPLY_STATUS, VSN } from "../wire/protocol";

/** As long as phoenix.js waits for a reply by default. */
const PATIENCE_MS = 10_000;

/** The topics that a V1 socket has left without having heard yet that the server has closed them. */
const departures = new WeakMap<Socket, Map<string, Promise<void>>>();

/**
 * Leaves a channel. Resolves when the server has closed it, or will not; phoenix.js itself takes a channel for left as
 * soon as it has said so.
 */
export function leaveChannel(socket: Socket, channel: Channel): Promise<void> {
  const closed = closeOf(socket, channel);
  channel.leave();
  if (speaksV1(socket)) register(socket, channel.topic, closed);
  return closed;
}

/**
 * Calls `join` when a channel of this topic can be made and joined: at once, unless it has just been left with V1.
 * Frames of V1 have no join_ref from the server (wire.md 1.2), so that a new channel would take the end of the old one
 * for its own. Returns the undo.
 */
export function joinWhenFree(socket: Socket, topic: string, join: () => void): () => void {
  let isWanted = true;
  const tryToJoin = (): void => {
    if (!isWanted) return;
    const departure = departures.get(socket)?.get(topic);
    // Whoever waited as well may have joined and left by then.
    if (departure === undefined) join();
    else void departure.then(tryToJoin);
  };
  tryToJoin();
  return () => {
    isWanted = false;
  };
}

function register(socket: Socket, topic: string, closed: Promise<void>): void {
  const topics = departures.get(socket) ?? new Map<string, Promise<void>>();
  departures.set(socket, topics);
  const departure = closed.then(() => {
    if (topics.get(topic) === departure) topics.delete(topic);
  });
  topics.set(topic, departure);
}

/** To be asked before the channel is left, for then phoenix.js forgets how far it had got. */
function closeOf(socket: Socket, { topic, state }: Channel): Promise<void> {
  const isThere = state === "joined" || state === "joining";
  if (!isThere || !socket.isConnected()) return Promise.resolve();
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      socket.off(refs);
      resolve();
    };
    const timer = setTimeout(end, PATIENCE_MS);
    const refs = [
      socket.onMessage((message) => {
        if (endsChannel(message, topic, state)) end();
      }),
      socket.onClose(end),
      socket.onError(end),
      // Another transport: nothing of the old one can come any more.
      socket.onOpen(end),
    ];
  });
}

/** A join that is refused leaves nothing to be closed. */
function endsChannel(message: object, topic: string, state: Channel["state"]): boolean {
  if (!isObject(message) || message.topic !== topic) return false;
  const { event, payload } = message;
  if (event === EVENT.close || event === EVENT.error) return true;
  const isRefusal = event === EVENT.reply && isObject(payload) && payload.status === REPLY_STATUS.error;
  return state === "joining" && isRefusal;
}

function speaksV1(socket: Socket): boolean {
  return new URLSearchParams(socket.endPointURL().split("?")[1]).get("vsn") === VSN.v1;
}
