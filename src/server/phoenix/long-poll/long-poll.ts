import type { IncomingMessage, ServerResponse } from "node:http";
import { assertNever } from "../../../wire/assert-never";
import { readLongPollUrl } from "../../../wire/long-poll";
import { describeError } from "../../log";
import type { MountedTransport, TransportHost, TransportKind } from "../transport-kind";
import {
  answerFault,
  answerPoll,
  answerPreflight,
  answerStatus,
  answerUnknownMethod,
  STATUS,
} from "./answer";
import { dispatchFrames } from "./dispatch";
import { type LongPollOptions, withDefaults } from "./options";
import { readBody, readFrames } from "./post-body";
import type { PollOutcome } from "./session";
import { type LiveSession, Sessions } from "./sessions";

const NAME = "longpoll";

/** How many posts of one session may be open at once; phoenix.js sends the next when the last was answered. */
const MAX_OPEN_POSTS = 16;

/** Long poll as a transport (wire.md 1.6): frames go out in the answers to GETs, and come in as POSTs. */
export function longPollTransport(options: LongPollOptions = {}): TransportKind {
  const chosen = withDefaults(options);
  return { name: NAME, segment: NAME, mount: (host) => new LongPoll(host, chosen) };
}

class LongPoll implements MountedTransport {
  readonly #host: TransportHost;
  readonly #options: Required<LongPollOptions>;
  readonly #sessions: Sessions;
  #isDraining = false;
  #isFull = false;

  constructor(host: TransportHost, options: Required<LongPollOptions>) {
    this.#host = host;
    this.#options = options;
    this.#sessions = new Sessions(host, options);
  }

  readonly handleRequest = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    // A client that goes away in the middle must not end the process.
    response.on("error", () => {});
    if (!this.#host.isAllowedOrigin(request)) return answerStatus(response, STATUS.forbidden);
    switch (request.method) {
      case "OPTIONS":
        return answerPreflight(request, response);
      case "GET":
        return this.#get(request, response);
      case "POST":
        return this.#post(request, response);
      default:
        return answerUnknownMethod(response);
    }
  };

  readonly drain = async (): Promise<void> => {
    this.#isDraining = true;
    await this.#sessions.drain();
  };

  async #get(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const token = readToken(request);
    const found = this.#sessions.find(token);
    if (found === null || token === null) return this.#start(request, response, token);
    // What is sent is for a poll that somebody waits for.
    if (response.destroyed) return;
    await poll(found, response, token);
  }

  /** A GET without a living session starts one, also where it names one that has died (410 either way). */
  async #start(request: IncomingMessage, response: ServerResponse, token: string | null): Promise<void> {
    if (this.#isDraining && this.#sessions.isToken(token)) {
      return answerPoll(response, STATUS.gone, token, []);
    }
    if (!this.#hasRoom()) return answerStatus(response, STATUS.failed);
    const header = request.headers["x-phoenix-authtoken"];
    const authToken = this.#host.authToken && typeof header === "string" ? header : null;
    try {
      const admission = await this.#host.admit(request, { authToken });
      if (admission.kind === "refused") return answerStatus(response, STATUS.forbidden);
      if (!this.#hasRoom()) return answerStatus(response, STATUS.failed);
      if (response.destroyed) return;
      answerPoll(response, STATUS.gone, this.#sessions.open(NAME, admission.open), []);
    } catch (error) {
      this.#host.endpoint.log(`Connecting a long-poll client failed: ${describeError(error)}`);
      answerStatus(response, STATUS.failed);
    }
  }

  /** Whether one more client may come. It is said once, and not for each of a crowd, when none may. */
  #hasRoom(): boolean {
    if (this.#isDraining) return false;
    const { maxSessions } = this.#options;
    const hasRoom = this.#sessions.size < maxSessions;
    if (!hasRoom && !this.#isFull) {
      this.#host.endpoint.log(
        `There are ${maxSessions} long-poll clients: until some go, others are sent away.`,
      );
    }
    this.#isFull = !hasRoom;
    return hasRoom;
  }

  async #post(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const found = this.#sessions.find(readToken(request));
    if (found === null || found.session.isEnded) return this.#refusePost(request, response);
    if (found.openPosts >= MAX_OPEN_POSTS) {
      request.resume();
      const reason = `The session has ${MAX_OPEN_POSTS} open posts already. Send the next when one is answered.`;
      return answerFault(response, STATUS.tooManyRequests, reason);
    }
    found.openPosts += 1;
    try {
      await this.#take(found, request, response);
    } finally {
      found.openPosts -= 1;
    }
  }

  #refusePost(request: IncomingMessage, response: ServerResponse): void {
    // What was not read stands in the way of the connection's next request.
    request.resume();
    answerStatus(response, STATUS.gone);
  }

  async #take(found: LiveSession, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { maxBodyBytes, dispatchMs, timers } = this.#options;
    const body = await readBody(request, maxBodyBytes);
    const frames = body.ok ? readFrames(body.value, request.headers["content-type"]) : body;
    if (frames.ok) {
      return answerStatus(response, STATUS[await dispatchFrames(found, frames.value, dispatchMs, timers)]);
    }
    switch (frames.failure.kind) {
      case "aborted":
        return;
      case "too_large":
        response.shouldKeepAlive = false;
        return answerFault(response, STATUS.tooLarge, frames.failure.sentence);
      case "bad":
        return answerFault(response, STATUS.badRequest, frames.failure.sentence);
      default:
        assertNever(frames.failure);
    }
  }
}

/** The header of newer clients, or the query of older ones. */
function readToken(request: IncomingMessage): string | null {
  const header = request.headers["x-phoenix-longpoll-token"];
  return typeof header === "string" ? header : readLongPollUrl(request.url ?? "").token;
}

/** Resolves when the poll was answered, or its client has gone. */
function poll({ session }: LiveSession, response: ServerResponse, token: string): Promise<void> {
  return new Promise((resolve) => {
    const takeBack = session.poll((outcome) => {
      answerOutcome(response, token, outcome);
      resolve();
    });
    response.on("close", () => {
      takeBack();
      resolve();
    });
  });
}

function answerOutcome(response: ServerResponse, token: string, outcome: PollOutcome): void {
  switch (outcome.kind) {
    case "messages":
      answerPoll(response, STATUS.ok, token, outcome.messages);
      break;
    case "no_content":
      answerPoll(response, STATUS.noContent, token, []);
      break;
    case "gone":
      answerPoll(response, STATUS.gone, token, []);
      break;
    case "failed":
      answerStatus(response, STATUS.failed);
      break;
    case "cut":
      response.destroy();
      break;
    default:
      assertNever(outcome);
  }
}
