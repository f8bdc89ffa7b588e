import type { PageEvent } from "../bridge/page-event";
import type { PollEvent } from "../bridge/tap-message";
import { assertNever } from "../wire/assert-never";
import { readLongPollUrl, readPollAnswer } from "../wire/long-poll";
import { describePollFault } from "../wire/poll-fault";
import { setBounded } from "./bounded-map";
import { brokenPoll, type PollAnswer, type PollRequest, readPosted } from "./poll-post";
import { createPollSessions, type PollSession, type PollSessions } from "./poll-sessions";

/** Requests that are waited for: a page's own are few, a forger's are bounded. */
export const MAX_WAITING_REQUESTS = 1000;

/**
 * The long polls of one document as transports: what their requests and answers mean to the official client (wire.md
 * 1.6, session-format.md). One Phoenix message is one frame.
 */
export type LongPoll = { readonly take: (event: PollEvent) => readonly PageEvent[] };

/** A request that was not answered yet. Without a session nothing is known of it, and nothing follows from its end. */
type Waiting = { readonly isGet: boolean; readonly session: PollSession | null };

export function createLongPoll(): LongPoll {
  const waiting = new Map<number, Waiting>();
  const sessions = createPollSessions();

  function begin(event: PollRequest): readonly PageEvent[] {
    const method = event.method.toUpperCase();
    // Any other method is a browser's or a curious page's: it carries no frames.
    const isPost = method === "POST";
    const isGet = method === "GET";
    const found =
      isGet || isPost ? sessions.find(event.token ?? readLongPollUrl(event.url).token) : undefined;
    // A token that is no session's may be a connect param of that name, or from before: it is a first request.
    const session = found ?? (isGet ? sessions.start(event.request) : null);
    setBounded(waiting, event.request, { isGet, session }, MAX_WAITING_REQUESTS);
    if (isGet && found === undefined) return [toSocket(event)];
    if (!isPost) return [];
    return session === null
      ? [brokenPoll(event.at, event.body, WHY_NO_SESSION)]
      : readPosted(event, session.socket);
  }

  function end(event: PollAnswer): readonly PageEvent[] {
    const asked = waiting.get(event.request);
    waiting.delete(event.request);
    if (asked === undefined) return [brokenPoll(event.at, event.text, WHY_NO_REQUEST)];
    const { isGet, session } = asked;
    // A client that has closed cancels what it still waits for.
    if (session === null || session.phase === "closed") return [];
    switch (event.end) {
      case "timed_out":
        return sessions.close(session, event.at, 1005, "timeout");
      case "aborted":
        return sessions.close(session, event.at, 1000, "");
      case "failed":
        return sessions.fail(session, event.at);
      case "answered":
        return readAnswer(event, isGet, session, sessions);
      default:
        return assertNever(event.end);
    }
  }

  return { take: (event) => (event.type === "poll" ? begin(event) : end(event)) };
}

function toSocket({ at, request, url }: PollRequest): PageEvent {
  return { type: "socket", at, socket: request, url, transport: "longpoll", protocols: [] };
}

/** What the answer to a GET or POST means to the client that waits for it. */
function readAnswer(
  { at, text, status: httpStatus }: PollAnswer,
  isGet: boolean,
  session: PollSession,
  sessions: PollSessions,
): readonly PageEvent[] {
  const read = readPollAnswer(text);
  if (!read.ok) {
    // What we cannot read the client cannot either. A server's error page needs no explanation.
    const explained = httpStatus === 200 ? [brokenPoll(at, text, describePollFault(read.failure))] : [];
    return [...explained, ...sessions.fail(session, at)];
  }
  const { status, token, messages, faults } = read.value;
  if (!isGet) return status === 200 ? [] : sessions.fail(session, at);
  switch (status) {
    case 200:
    case 204:
      return [
        ...sessions.open(session, at, token),
        ...messages.map((data): PageEvent => ({ type: "in", at, socket: session.socket, data })),
        ...faults.map((fault) => brokenPoll(at, text, describePollFault(fault))),
      ];
    case 410:
      // To a client that has a token already it says that the session is gone.
      if (session.token !== null) return sessions.close(session, at, 3410, "session_gone");
      return sessions.open(session, at, token);
    case 403:
      return sessions.close(session, at, 1008, "forbidden");
    default:
      return sessions.fail(session, at);
  }
}

const WHY_NO_SESSION =
  "This was posted to a long poll that is not open: whose frames they are cannot be told.";
const WHY_NO_REQUEST = "This answers a request of a long poll that is not known.";
