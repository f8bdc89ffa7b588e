import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PageHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { createFactsKit, type FactsKit } from "../support/facts-kit";
import { observeFetchEnding } from "../support/fetch-ending-facts";
import { observeFetch } from "../support/fetch-facts";
import { observeWebSocket } from "../support/websocket-facts";
import { observeTraffic } from "../support/websocket-traffic-facts";
import { observeUse } from "../support/websocket-use-facts";
import { observeXhr } from "../support/xhr-facts";
import { observeXhrUse } from "../support/xhr-use-facts";

type Observe = (url: string, kit: FactsKit, other: string) => Promise<Facts>;
type Facts = Record<string, unknown>;

const SOCKETS: readonly [string, Observe][] = [
  ["the constructor", observeWebSocket],
  ["frames and listeners", observeTraffic],
  ["subclasses, replacements and ends", observeUse],
];
const REQUESTS: readonly [string, Observe][] = [
  ["XMLHttpRequest", observeXhr],
  ["XMLHttpRequest in use", observeXhrUse],
  ["fetch", observeFetch],
  ["fetch that ends", observeFetchEnding],
];

describeInBrowsers("a page that is watched", (stage) => {
  let server: Awaited<ReturnType<typeof startEchoServer>>;
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());

  const onPage = async <Result>(
    host: string,
    use: (page: PageHandle) => Promise<Result>,
  ): Promise<Result> => {
    const page = await stage.driver.openPage(`http://${host}/`);
    try {
      return await use(page);
    } finally {
      await page.close();
    }
  };
  /** The facts as a page of this host finds them, whatever the host is called. */
  const factsOf = async (host: string, observe: Observe, path: string): Promise<Facts> => {
    const call = `(${observe})("${path.replace("HOST", host)}", (${createFactsKit})(), "http://127.0.0.3:${portOf(host)}/longpoll")`;
    return onPage(host, (page) => page.evaluate(observeInPage, call, host));
  };

  describe("finds out the same as one that is not", () => {
    it.each(SOCKETS)("about WebSocket: %s", async (_, observe) => {
      const path = "ws://HOST/websocket?vsn=2.0.0";
      const tapped = await factsOf(server.origin, observe, path);
      expect(Object.keys(tapped).length).toBeGreaterThan(15);
      expect(tapped).toEqual(await factsOf(server.unwatched, observe, path));
    });

    // A worker is out of the extension's reach as well: what it finds is what the browser itself says.
    it.each(SOCKETS)("about WebSocket, as in a worker: %s", async (_, observe) => {
      const call = `(${observe})("ws://${server.origin}/websocket?vsn=2.0.0", (${createFactsKit})())`;
      const facts = await onPage(server.origin, (page) => page.evaluate(observeInPageAndWorker, call));
      expect(facts.tapped).toEqual(facts.native);
    });

    it.each(REQUESTS)("about %s", async (_, observe) => {
      const path = "http://HOST/socket/longpoll";
      const tapped = await factsOf(server.origin, observe, path);
      expect(Object.keys(tapped).length).toBeGreaterThan(15);
      expect(tapped).toEqual(await factsOf(server.unwatched, observe, path));
    });
  });

  it("sends as bytes what an iframe's code made", async () => {
    const url = `ws://${server.origin}/websocket?vsn=2.0.0`;
    const sent = await onPage(server.origin, (page) => page.evaluate(sendFromOtherRealm, url));
    expect(sent).toEqual(["1,2", "3,4", "blob"]);
  });

  it("finds nothing of the extension among its globals", async () => {
    const globals = (): Promise<string[]> => Promise.resolve(Object.getOwnPropertyNames(window).sort());
    const tapped = await onPage(server.origin, (page) => page.evaluate(globals));
    expect(tapped).toEqual(await onPage(server.unwatched, (page) => page.evaluate(globals)));
  });
});

function portOf(host: string): string {
  return host.replace(/.*:/, "");
}

// The functions below run in the page.

async function observeInPage(call: string, host: string): Promise<Facts> {
  // biome-ignore lint/security/noGlobalEval: the page is the test's own, and so is the text.
  const facts: Facts = await eval(call);
  return JSON.parse(JSON.stringify(facts).replaceAll(host, "HOST"));
}

/** `call` travels to the worker as text. */
async function observeInPageAndWorker(call: string): Promise<{ tapped: Facts; native: Facts }> {
  const name = "const __name = (inner) => inner;";
  const script = `${name}${call}.then(postMessage, (error) => postMessage({ error: String(error) }))`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  const native = await new Promise<Facts>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  // biome-ignore lint/security/noGlobalEval: the page is the test's own, and so is the text.
  const tapped: Facts = await eval(call);
  return { tapped, native };
}

/** Gives what an echo server had to say to a buffer, a view and a blob of an iframe's realm. */
async function sendFromOtherRealm(url: string): Promise<readonly string[]> {
  const { contentWindow } = document.body.appendChild(document.createElement("iframe"));
  const make = contentWindow as unknown as typeof globalThis;
  const buffer = new make.ArrayBuffer(2);
  new Uint8Array(buffer).set([1, 2]);
  const socket = new WebSocket(url);
  socket.binaryType = "arraybuffer";
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const echo = async (data: Parameters<WebSocket["send"]>[0]): Promise<string | ArrayBuffer> => {
    socket.send(data);
    return new Promise((resolve) => {
      socket.addEventListener("message", (event) => resolve(event.data), { once: true });
    });
  };
  const bytes = (data: string | ArrayBuffer): string =>
    typeof data === "string" ? `text ${data}` : new Uint8Array(data).join();
  const blob = await echo(new make.Blob(["blob"]));
  return [
    bytes(await echo(buffer)),
    bytes(await echo(new make.Uint8Array([3, 4]))),
    typeof blob === "string" ? `text ${blob}` : new TextDecoder().decode(blob),
  ];
}
