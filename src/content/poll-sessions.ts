import type { PageEvent } from "../bridge/page-event";
import { setBounded } from "./bounded-map";

/** One long poll of the page, numbered by its first request. */
export type PollSession = {
  readonly socket: number;
  /** Null until the server has given one. */
  readonly token: string | null;
  readonly phase: "connecting" | "open" | "closed";
};

/** The long polls of one document, and what their changes are as events. */
export type PollSessions = {
  /** The session that goes by this token and has not closed. */
  readonly find: (token: string | null) => PollSession | undefined;
  readonly start: (request: number) => PollSession;
  /** The server has answered it: it is open, and goes by this token from now on. */
  readonly open: (session: PollSession, at: number, token: string | null) => readonly PageEvent[];
  readonly close: (session: PollSession, at: number, code: number, reason: string) => readonly PageEvent[];
  /** The client takes this for a server that has failed. */
  readonly fail: (session: PollSession, at: number) => readonly PageEvent[];
};

/** Sessions that are told apart: a page's own are few, a forger's are bounded. */
export const MAX_SESSIONS = 1000;

/** Phoenix's own tokens have some hundred characters; what is longer is no session's. */
export const MAX_TOKEN_CHARS = 4096;

export function createPollSessions(): PollSessions {
  const byToken = new Map<string, Session>();

  function close(session: Session, at: number, code: number, reason: string): readonly PageEvent[] {
    session.phase = "closed";
    if (session.token !== null && byToken.get(session.token) === session) byToken.delete(session.token);
    return [{ type: "close", at, socket: session.socket, code, reason, clean: code === 1000 }];
  }

  return {
    find: (token) => (token === null ? undefined : byToken.get(token)),
    start: (request): Session => ({ socket: request, token: null, phase: "connecting" }),
    open(session: Session, at, token) {
      if (token !== null && token !== session.token && token.length <= MAX_TOKEN_CHARS) {
        if (session.token !== null) byToken.delete(session.token);
        session.token = token;
        setBounded(byToken, token, session, MAX_SESSIONS);
      }
      if (session.phase === "open") return [];
      session.phase = "open";
      return [{ type: "open", at, socket: session.socket, protocol: "" }];
    },
    close,
    fail: (session: Session, at) => [
      { type: "error", at, socket: session.socket },
      ...close(session, at, 1011, "internal server error"),
    ],
  };
}

type Session = { readonly socket: number; token: string | null; phase: PollSession["phase"] };
