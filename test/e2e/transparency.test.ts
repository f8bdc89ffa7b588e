import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { observeWebSocket } from "../support/websocket-facts";

describeInBrowsers("a page whose sockets are watched", (stage) => {
  describe("finds out the same about WebSocket as without the extension", () => {
    let server: Awaited<ReturnType<typeof startEchoServer>>;
    beforeAll(async () => {
      server = await startEchoServer();
    });
    afterAll(() => server.close());

    // A worker is out of the extension's reach: what it finds is what the browser itself says.
    it("as a worker does, which has the browser's own", async () => {
      const page = await stage.driver.openPage(`http://${server.origin}/`);
      const facts = await page.evaluate(observeInPageAndWorker, String(observeWebSocket), server.origin);
      expect(Object.keys(facts.native).length).toBeGreaterThan(30);
      expect(facts.tapped).toEqual(facts.native);
      await page.close();
    });

    it("and sends as bytes what an iframe's code made", async () => {
      const page = await stage.driver.openPage(`http://${server.origin}/`);
      const sent = await page.evaluate(sendFromOtherRealm, `ws://${server.origin}/websocket?vsn=2.0.0`);
      expect(sent).toEqual(["1,2", "3,4", "blob"]);
      await page.close();
    });

    it("and finds nothing of the extension among its globals", async () => {
      const page = await stage.driver.openPage(`http://${server.origin}/`);
      const globals = await page.evaluate(() =>
        Object.getOwnPropertyNames(window).filter((name) => /musubi|devtools|tap/i.test(name)),
      );
      expect(globals).toEqual([]);
      await page.close();
    });
  });
});

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

type Facts = Record<string, unknown>;

/** Travels to the page as text, and so does what it runs. */
async function observeInPageAndWorker(
  source: string,
  origin: string,
): Promise<{ tapped: Facts; native: Facts }> {
  const call = `(${source})("ws://${origin}/websocket?vsn=2.0.0")`;
  const script = `${call}.then(postMessage, (error) => postMessage({ error: String(error) }))`;
  const worker = new Worker(URL.createObjectURL(new Blob([script])));
  const native = await new Promise<Facts>((resolve) => {
    worker.onmessage = ({ data }) => resolve(data);
  });
  // biome-ignore lint/security/noGlobalEval: the page is the test's own, and so is the text.
  const tapped: Facts = await eval(call);
  return { tapped, native };
}
