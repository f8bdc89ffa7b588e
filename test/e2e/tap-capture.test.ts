import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { until } from "../../src/cli/browser/driver";
import { distFolder } from "../../src/cli/build";
import { describeInChromium } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { readTold, type Told, takeTap } from "../support/told-by-tap";

const TAP = readFileSync(join(distFolder("chrome"), "src/tap/tap.iife.js"), "utf8");

describeInChromium("the built tap, with the test at the other end of its port", (stage) => {
  let server: Awaited<ReturnType<typeof startEchoServer>>;
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());

  /**
   * Runs `act` in a page that the extension does not watch, with a tap of its own, until `count` events came. `before`
   * runs before the tap, as another extension's script may.
   */
  const tellOf = async (
    act: (host: string) => unknown,
    count: number,
    before = (): void => undefined,
  ): Promise<readonly Told[]> => {
    const { page, ...handle } = await stage.driver.openPage("about:blank");
    await page.evaluateOnNewDocument(`(${takeTap})()`);
    await page.evaluateOnNewDocument(before);
    await page.evaluateOnNewDocument(TAP);
    await handle.goto(`http://${server.unwatched}/`);
    await handle.evaluate(act as (host: string) => Promise<unknown>, server.unwatched);
    try {
      return await until(`${count} events of the tap`, async () => {
        const told = await handle.evaluate(readTold);
        return told.length >= count ? told : undefined;
      });
    } finally {
      await handle.close();
    }
  };
  const polled = (request: number, end: string, status: number, text: unknown): Told => ({
    ...{ type: "polled", request, end, status, text },
  });
  const poll = (request: number, asked: Partial<Told>): Told => ({
    ...{ type: "poll", request, method: "GET", url: `http://${server.unwatched}/socket/longpoll` },
    ...{ token: null, contentType: null, body: null, ...asked },
  });

  it("tells of a socket from its making to its end", async () => {
    const told = await tellOf(async (host) => {
      new WebSocket(`ws://${host}/other`);
      const socket = new WebSocket(`ws://${host}/websocket?vsn=2.0.0`, ["phoenix", "token"]);
      socket.onmessage = () => socket.close(3000, "done");
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      socket.send("hello");
      await new Promise((resolve) => socket.addEventListener("close", resolve));
    }, 6);
    expect(told.filter(({ type }) => type !== "other_socket")).toEqual([
      {
        type: "socket",
        socket: 1,
        url: `ws://${server.unwatched}/websocket?vsn=2.0.0`,
        transport: "websocket",
        protocols: ["phoenix", "token"],
      },
      { type: "open", socket: 1, protocol: "phoenix" },
      { type: "out", socket: 1, data: "hello" },
      { type: "in", socket: 1, data: "hello" },
      { type: "close", socket: 1, code: 3000, reason: "done", clean: true },
    ]);
    expect(told.filter(({ type }) => type === "other_socket")).toHaveLength(1);
  });

  it("keeps frames whose Blob is being read in their place", async () => {
    const told = await tellOf(async (host) => {
      const socket = new WebSocket(`ws://${host}/websocket`);
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      socket.send(new Blob(["blob"]));
      socket.send("text");
      await new Promise((resolve) => setTimeout(resolve, 100));
    }, 6);
    expect(told.map(({ type, data }) => [type, data]).slice(2)).toEqual([
      ["out", "bytes blob"],
      ["out", "text"],
      ["in", "bytes blob"],
      ["in", "text"],
    ]);
  });

  describe("tells of a long poll", () => {
    it("by XMLHttpRequest, before the page hears of the answer", async () => {
      const told = await tellOf(async (host) => {
        const request = new XMLHttpRequest();
        const url = `http://${host}/socket/longpoll`;
        await new Promise<void>((resolve) => {
          request.open("GET", `${url}?status=201`);
          request.onreadystatechange = () => {
            if (request.readyState !== 4) return;
            const next = new XMLHttpRequest();
            next.open("post", "/socket/longpoll");
            next.setRequestHeader("X-Phoenix-Longpoll-Token", "tok");
            next.setRequestHeader("Content-Type", "application/x-ndjson");
            next.onload = () => resolve();
            next.send("a body");
          };
          request.send();
        });
      }, 4);
      const asked = { method: "post", token: "tok", contentType: "application/x-ndjson", body: "a body" };
      expect(told).toEqual([
        poll(1, { url: `http://${server.unwatched}/socket/longpoll?status=201` }),
        polled(1, "answered", 201, expect.stringContaining('"method":"GET"')),
        poll(2, asked),
        polled(2, "answered", 200, expect.stringContaining("a body")),
      ]);
    });

    it("by XMLHttpRequest, in every way in which a request ends", async () => {
      const told = await tellOf(async (host) => {
        const url = `http://${host}/socket/longpoll`;
        const ask = async (query: string, prepare: (request: XMLHttpRequest) => void): Promise<void> => {
          const request = new XMLHttpRequest();
          const ended = new Promise((resolve) => request.addEventListener("loadend", resolve));
          request.open("GET", url + query);
          prepare(request);
          request.send();
          await ended;
        };
        await ask("?cut", () => undefined);
        await ask("?delay=300", (request) => {
          request.timeout = 50;
        });
        await ask("?delay=300", (request) => void setTimeout(() => request.abort(), 50));
        await ask("", (request) => {
          request.responseType = "json";
        });
        const blocking = new XMLHttpRequest();
        blocking.open("GET", url, false);
        blocking.send();
        blocking.open("GET", `${url}?cut`, false);
        try {
          blocking.send();
        } catch {
          // As it must.
        }
        blocking.open("GET", `${url}?delay=300`);
        blocking.send();
        blocking.open("GET", "/elsewhere");
        blocking.send();
      }, 14);
      expect(told.filter(({ type }) => type === "polled")).toEqual([
        polled(1, "failed", 0, null),
        polled(2, "timed_out", 0, null),
        polled(3, "aborted", 0, null),
        polled(4, "answered", 200, null),
        polled(5, "answered", 200, expect.stringContaining("GET")),
        polled(6, "failed", 0, null),
        polled(7, "aborted", 0, null),
      ]);
    });

    it("by fetch, and what the page does with an answer comes after it", async () => {
      const told = await tellOf(async (host) => {
        const url = `http://${host}/socket/longpoll`;
        await (await fetch(url)).text();
        const headers = { "x-phoenix-longpoll-token": "tok", "content-type": "application/x-ndjson" };
        await (await fetch(new Request(url, { method: "POST", body: "a body", headers }))).text();
        await fetch(`${url}?cut`).catch(() => undefined);
        await fetch(url, { signal: AbortSignal.abort("mine") }).catch(() => undefined);
        await fetch("/elsewhere");
      }, 8);
      expect(told).toEqual([
        poll(1, {}),
        polled(1, "answered", 200, expect.stringContaining("GET")),
        poll(2, { method: "POST", token: "tok", contentType: "application/x-ndjson", body: "a body" }),
        polled(2, "answered", 200, expect.stringContaining("a body")),
        poll(3, { url: `http://${server.unwatched}/socket/longpoll?cut` }),
        polled(3, "failed", 0, null),
        poll(4, {}),
        polled(4, "aborted", 0, null),
      ]);
    });

    it("by fetch, and an answer that is held back holds nothing else back", async () => {
      const told = await tellOf(async (host) => {
        void fetch(`http://${host}/socket/longpoll?stall=4000`);
        await new Promise((resolve) => setTimeout(resolve, 200));
        new WebSocket(`ws://${host}/websocket`);
      }, 3);
      expect(told.map(({ type }) => type)).toEqual(["poll", "socket", "open"]);
    });
  });

  it("turns itself off after three errors that a page provokes, of which the page sees nothing", async () => {
    const told = await tellOf(async (host) => {
      const errors: string[] = [];
      window.addEventListener("error", ({ message }) => errors.push(message));
      window.addEventListener("unhandledrejection", ({ reason }) => errors.push(String(reason)));
      const trap = new Proxy(["phoenix"], {
        getOwnPropertyDescriptor() {
          throw new Error("the page's own");
        },
      });
      for (let turn = 0; turn < 3; turn++) new WebSocket(`ws://${host}/websocket`, trap);
      const socket = new WebSocket(`ws://${host}/websocket`);
      await new Promise((resolve) => socket.addEventListener("open", resolve));
      socket.send("still works");
      await new Promise((resolve) => socket.addEventListener("message", resolve));
      document.title = JSON.stringify(errors);
    }, 1);
    expect(told).toEqual([{ type: "off", why: "the page's own" }]);
  });

  it("asks nothing of what a page has added to all objects and all lists, and is not misled by it", async () => {
    const told = await tellOf(async (host) => {
      const socket = new WebSocket(`ws://${host}/websocket`);
      let asked = "asked:";
      const add = (prototype: object, key: PropertyKey): void => {
        const note = (): void => {
          asked += ` ${String(key)}`;
        };
        Object.defineProperty(prototype, key, { configurable: true, get: note, set: note });
      };
      const names = ["data", "body", "text", "kind", "event", "bubbles"];
      for (const name of names) add(Object.prototype, name);
      for (const place of [0, 1, 2, 3, 4]) add(Array.prototype, place);
      await new Promise((resolve) => {
        socket.onopen = () => socket.send("hello");
        socket.onmessage = () => socket.close(3000);
        socket.onclose = () => setTimeout(resolve, 1000);
      });
      for (const name of names) Reflect.deleteProperty(Object.prototype, name);
      for (const place of [0, 1, 2, 3, 4]) Reflect.deleteProperty(Array.prototype, place);
      new WebSocket(`ws://${host}/websocket`, asked.replaceAll(/\W/g, "-"));
    }, 6);
    expect(told.slice(0, 6).map(({ type, data, protocols }) => data ?? protocols ?? type)).toEqual([
      [],
      "open",
      "hello",
      "hello",
      "close",
      ["asked-"],
    ]);
  });

  it("reads no more of a list of protocols than a socket can have, however long it says it is", async () => {
    const told = await tellOf((host) => {
      const endless = new Proxy(["phoenix"], {
        getOwnPropertyDescriptor: () => ({ value: "more", configurable: true, enumerable: true }),
      });
      new WebSocket(`ws://${host}/websocket`, endless);
    }, 1);
    expect(told[0]?.protocols).toHaveLength(64);
  });

  describe("where another extension was there first", () => {
    it("tells of sockets and requests of its subclasses", async () => {
      const told = await tellOf(
        async (host) => {
          const socket = new WebSocket(`ws://${host}/websocket`);
          await new Promise((resolve) => socket.addEventListener("open", resolve));
          socket.send("hello");
          await new Promise((resolve) => socket.addEventListener("message", resolve));
          const request = new XMLHttpRequest();
          request.open("GET", `http://${host}/socket/longpoll`, false);
          request.send();
        },
        6,
        () => {
          window.WebSocket = class extends WebSocket {};
          window.XMLHttpRequest = class extends XMLHttpRequest {};
        },
      );
      expect(told.map(({ type }) => type)).toEqual(["socket", "open", "out", "in", "poll", "polled"]);
    });

    it("throws nothing at the page where nothing of the platform is left, and tells of the rest", async () => {
      const told = await tellOf(
        async (host) => {
          await fetch(`http://${host}/socket/longpoll?${document.documentElement.dataset.errors ?? "fine"}`);
        },
        2,
        () => {
          window.addEventListener("error", ({ message }) => {
            document.documentElement.dataset.errors = message;
          });
          Reflect.set(window, "WebSocket", class {});
          Reflect.set(window, "XMLHttpRequest", class {});
        },
      );
      expect(told).toMatchObject([{ url: expect.stringMatching(/\?fine$/) }, { type: "polled" }]);
    });
  });
});
