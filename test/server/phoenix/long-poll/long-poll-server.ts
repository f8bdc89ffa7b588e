import { createServer, type IncomingMessage } from "node:http";
import { longPollTransport } from "../../../../src/server/phoenix/long-poll/long-poll";
import type { LongPollOptions } from "../../../../src/server/phoenix/long-poll/options";
import { createPubSub } from "../../../../src/server/phoenix/pubsub";
import type { Transport } from "../../../../src/server/phoenix/transport";
import type { ClientLink, TransportHost } from "../../../../src/server/phoenix/transport-kind";

/** The server's end of one long-poll client, in the hands of a test. */
export type TestLink = {
  readonly transport: Transport;
  readonly received: readonly (string | Uint8Array)[];
  readonly log: readonly string[];
  readonly isClosed: () => boolean;
  /** From now on frames hang, as behind a slow join, until the function is called that this gives. */
  readonly hang: () => () => void;
};

export type PollReply = { readonly http: number; readonly headers: Headers; readonly body: unknown };

export type LongPollServer = {
  readonly url: string;
  readonly log: readonly string[];
  /** The clients in the order of their coming. */
  readonly link: (at?: number) => TestLink;
  readonly linkCount: () => number;
  /** How many requests wait for their answer. */
  readonly waiting: () => number;
  readonly request: (query: string, init?: RequestInit) => Promise<PollReply>;
  /** The first GET: its token. */
  readonly connect: () => Promise<string>;
  readonly poll: (token: string, init?: RequestInit) => Promise<PollReply>;
  readonly post: (
    token: string,
    body: string | Uint8Array<ArrayBuffer>,
    contentType?: string,
  ) => Promise<PollReply>;
  readonly drain: () => Promise<void>;
  readonly close: () => Promise<void>;
};

type HostChoices = {
  readonly authToken?: boolean;
  readonly isAllowedOrigin?: (request: IncomingMessage) => boolean;
  readonly admits?: (authToken: string | null | undefined) => boolean | Promise<boolean>;
  readonly now?: () => number;
};

/** Serves long poll alone: what it carries is the test's. */
export async function serveLongPoll(
  options: LongPollOptions = {},
  choices: HostChoices = {},
): Promise<LongPollServer> {
  const { authToken = false, isAllowedOrigin = () => true, admits = () => true, now = Date.now } = choices;
  const log: string[] = [];
  const links: TestLink[] = [];
  const pubsub = createPubSub();
  const host: TransportHost = {
    endpoint: {
      pubsub,
      log: (line) => log.push(line),
      secret: "a secret of the test",
      now,
      broadcast: (topic, event, payload) => pubsub.broadcast({ topic, event, payload }),
      subscribe: pubsub.subscribe,
    },
    authToken,
    isAllowedOrigin,
    admit: async (_request, overrides) => {
      if (!(await admits(overrides?.authToken))) return { kind: "refused", by: "connect", reason: null };
      return { kind: "admitted", open: (transport) => openLink(transport, links) };
    },
  };
  const mounted = longPollTransport(options).mount(host);
  let waiting = 0;
  const server = createServer((request, response) => {
    waiting += 1;
    response.on("close", () => {
      waiting -= 1;
    });
    void mounted.handleRequest?.(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("The test server has no port.");
  const url = `http://127.0.0.1:${address.port}/socket/longpoll`;

  async function request(query: string, init: RequestInit = {}): Promise<PollReply> {
    const response = await fetch(url + query, init);
    const text = await response.text();
    return { http: response.status, headers: response.headers, body: text === "" ? null : JSON.parse(text) };
  }

  return {
    url,
    log,
    link: (at = 0) => {
      const link = links[at];
      if (link === undefined) throw new Error(`There is no client ${at}.`);
      return link;
    },
    linkCount: () => links.length,
    waiting: () => waiting,
    request,
    connect: async () => tokenOf((await request("?vsn=2.0.0")).body),
    poll: (token, init) => request(`?vsn=2.0.0&token=${encodeURIComponent(token)}`, init),
    post: (token, body, contentType = "application/x-ndjson") =>
      request(`?vsn=2.0.0&token=${encodeURIComponent(token)}`, {
        method: "POST",
        body,
        headers: { "content-type": contentType },
      }),
    drain: mounted.drain,
    close: async () => {
      await mounted.drain();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The token in the body of an answer to a GET. */
export function tokenOf(body: unknown): string {
  const isAnswer = typeof body === "object" && body !== null && "token" in body;
  if (!isAnswer || typeof body.token !== "string") throw new Error(`No token in ${JSON.stringify(body)}.`);
  return body.token;
}

function openLink(transport: Transport, links: TestLink[]): ClientLink {
  const received: (string | Uint8Array)[] = [];
  const log: string[] = [];
  let isClosed = false;
  let hanging: Promise<void> = Promise.resolve();
  links.push({
    transport,
    received,
    log,
    isClosed: () => isClosed,
    hang: () => {
      let release = () => {};
      hanging = new Promise((resolve) => {
        release = resolve;
      });
      return release;
    },
  });
  return {
    receive: async (data) => {
      received.push(data);
      await hanging;
    },
    closed: () => {
      isClosed = true;
    },
    pending: () => 0,
    log: (line) => log.push(line),
  };
}
