import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { createFaults } from "../../../src/server/faults/faults";
import type { ChannelHandle } from "../../../src/server/phoenix/channel-handle";
import type { RunningChannel } from "../../../src/server/phoenix/connection/running-channel";
import { type Route, route, topicMatcher } from "../../../src/server/phoenix/route";
import type { Transport } from "../../../src/server/phoenix/transport";
import type {
  MountedTransport,
  TransportHost,
  TransportKind,
} from "../../../src/server/phoenix/transport-kind";
import { webSocketTransport } from "../../../src/server/phoenix/websocket/websocket-transport";
import { connectRaw } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { room } from "./room";

let server: TestServer;

afterEach(() => server.close());

/** Keeps what was sent. With a state of its own: whoever calls it must call it as a method. */
class Answer implements Transport {
  readonly name = "lines";
  readonly #sent: string[] = [];

  send(data: string | Uint8Array): void {
    this.#sent.push(String(data));
  }

  close(code: number): void {
    this.#sent.push(`closed ${code}`);
  }

  cut(): void {
    this.close(1006);
  }

  get text(): string {
    return this.#sent.join("\n");
  }
}

/** Carries the frames of a post, one a line, and answers with all that they led to. */
class Lines implements MountedTransport {
  readonly #host: TransportHost;
  #isDrained = false;

  constructor(host: TransportHost) {
    this.#host = host;
  }

  async handleRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const isAllowed = !this.#isDrained && this.#host.isAllowedOrigin(request);
    const admission = isAllowed ? await this.#host.admit(request) : null;
    if (admission?.kind !== "admitted") {
      response.writeHead(403).end(JSON.stringify(admission));
      return;
    }
    const answer = new Answer();
    const link = admission.open(answer);
    for (const line of (await text(request)).split("\n")) await link.receive(line);
    while (link.pending() > 0) await new Promise((resolve) => setImmediate(resolve));
    link.closed();
    response.end(answer.text);
  }

  async drain(): Promise<void> {
    this.#isDrained = true;
  }
}

const lines: TransportKind = { name: "lines", segment: "lines", mount: (host) => new Lines(host) };

/** A channel that is no set of callbacks: it counts, and knows nothing else. */
function countingRoute(pattern: string): Route {
  return {
    pattern,
    matches: topicMatcher(pattern),
    start: ({ topic, joinRef, socket, send, exited }) => {
      let count = 0;
      const push = (event: string) =>
        send({ kind: "push", joinRef, ref: null, topic, event, payload: { count } });
      const handle: ChannelHandle = {
        push,
        reply: () => {},
        broadcast: (event, payload) => socket.pubsub.broadcast({ topic, event, payload }),
        broadcastFrom: (event, payload) => socket.pubsub.broadcast({ topic, event, payload }),
        send: () => {},
        crash: (error) => channel.stop({ kind: "killed", error }),
        onExit: (listener) => {
          listeners.push(listener);
          return () => {};
        },
      };
      const listeners: Parameters<ChannelHandle["onExit"]>[0][] = [];
      const channel: RunningChannel = {
        topic,
        joinRef,
        handle,
        join: async (payload) => ({ isJoined: payload !== "no", response: { at: count } }),
        open: () => push("opened"),
        receive: async ({ event }) => {
          count += 1;
          if (event === "phx_leave") channel.stop({ kind: "left" });
          else push("counted");
        },
        info: async () => push("told"),
        stop: (reason) => {
          exited(channel, reason);
          for (const listener of listeners) listener(reason);
        },
      };
      return channel;
    },
  };
}

const socket = { routes: [countingRoute("count:*"), route("room:*", room)] };

describe("a custom channel", () => {
  it("is joined, pushed to, told and left like any other", async () => {
    server = await startServer(socket);
    const client = await connectRaw(server.url);
    client.send(["1", "1", "count:a", "phx_join", {}]);
    client.send(["1", "2", "count:a", "anything", {}]);
    client.send(["1", "3", "count:a", "phx_leave", {}]);
    client.send(["1", "4", "count:a", "anything", {}]);
    expect(await client.rest()).toEqual([
      ["1", "1", "count:a", "phx_reply", { status: "ok", response: { at: 0 } }],
      ["1", null, "count:a", "opened", { count: 0 }],
      ["1", null, "count:a", "counted", { count: 1 }],
      ["1", "1", "count:a", "phx_close", {}],
      [null, "4", "count:a", "phx_reply", { status: "error", response: { reason: "unmatched topic" } }],
    ]);
  });
});

describe("a custom transport", () => {
  it("carries the same frames beside the built-in one, after the same checks", async () => {
    server = await startServer(socket, { mounted: { transports: [webSocketTransport(), lines] } });
    const post = (query: string, frames: readonly unknown[], headers = {}) =>
      fetch(`${server.httpUrl}/lines${query}`, {
        method: "POST",
        headers,
        body: frames.map((frame) => JSON.stringify(frame)).join("\n"),
      });
    const answer = await post("?vsn=2.0.0", [
      ["1", "1", "room:1", "phx_join", {}],
      ["1", "2", "room:1", "echo", "hi"],
      ["1", "3", "room:1", "broadcast", "all"],
    ]);
    expect((await answer.text()).split("\n")).toEqual([
      '["1","1","room:1","phx_reply",{"status":"ok","response":{"hello":"room:1"}}]',
      '["1","2","room:1","phx_reply",{"status":"ok","response":"hi"}]',
      '[null,null,"room:1","news",{"payload":"all"}]',
    ]);
    expect(await (await post("?vsn=2.0.0", ["garbage"])).text()).toBe("closed 1011");
    expect(await (await post("?vsn=7.0.0", [])).json()).toEqual({
      kind: "refused",
      by: "server",
      reason: "unsupported_vsn",
    });
    expect((await post("?vsn=2.0.0", [], { origin: "https://evil.test" })).status).toBe(403);
    const client = await connectRaw(server.url);
    expect(await client.rest()).toEqual([]);
    await expect(connectRaw(`${server.url}/lines?vsn=2.0.0#`, "")).rejects.toThrow();
  });

  it("takes faults like any other, and is drained", async () => {
    const faults = createFaults();
    server = await startServer(socket, {
      mounted: { transports: [lines] },
      endpoint: { wrapTransport: faults.wrapTransport },
    });
    faults.attach(server.endpoint);
    const post = () =>
      fetch(`${server.httpUrl}/lines?vsn=2.0.0`, {
        method: "POST",
        body: '["1","1","room:1","phx_join",{}]\n["1","2","room:1","echo","hi"]',
      });
    const reply = '["1","1","room:1","phx_reply",{"status":"ok","response":{"hello":"room:1"}}]';
    for (const code of [1012, 1006]) {
      faults.inject("next", { kind: "drop", code, start: { event: "echo" } });
      expect(await (await post()).text()).toBe(`${reply}\nclosed ${code}`);
    }
    await server.drain();
    expect((await post()).status).toBe(403);
  });
});
