import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { describeInBrowsers, describeInChromium } from "../support/browser";
import { startEchoServer } from "../support/echo-server";
import { inPanel } from "../support/panel-words";

type Server = Awaited<ReturnType<typeof startEchoServer>>;

/** What a page does to `WebSocket` before it makes a socket: an expression that gives the constructor it uses then. */
const WRAPPERS: readonly (readonly [string, string])[] = [
  ["a class of its own", `window.WebSocket = class extends WebSocket { get mine() { return true; } }`],
  ["a Proxy", `window.WebSocket = new Proxy(WebSocket, {})`],
  [
    "a Proxy that constructs by itself",
    `window.WebSocket = new Proxy(WebSocket, { construct: (target, args) => new target(...args) })`,
  ],
  [
    "a function that returns a native socket",
    `(() => {
      const Native = WebSocket;
      const Mine = function (...args) { return new Native(...args); };
      Mine.prototype = Native.prototype;
      return (window.WebSocket = Mine);
    })()`,
  ],
  ["the constructor that it kept at its start", `kept`],
  ["the constructor of the prototype", `WebSocket.prototype.constructor`],
  [
    "a send of its own",
    `(() => {
      const { send } = WebSocket.prototype;
      WebSocket.prototype.send = function (data) { return send.call(this, data); };
      return WebSocket;
    })()`,
  ],
  [
    "the constructor of an iframe that has loaded",
    `(() => document.querySelector("iframe").contentWindow.WebSocket)()`,
  ],
];

describeInBrowsers("a page that wraps WebSocket itself", (stage) => {
  let server: Server;
  beforeAll(async () => {
    server = await startEchoServer();
  });
  afterAll(() => server.close());

  it.each(WRAPPERS)("works as it does unwatched, and is captured: with %s", async (title, wrap) => {
    const path = server.publish(`<script>const kept = WebSocket;</script><iframe src="/blank"></iframe>`);
    const use = async (host: string) => {
      const page = await stage.driver.openPage(`http://${host}${path}`);
      return {
        page,
        found: await page.evaluate(useWrapped, wrap, `ws://${host}/websocket`, `with:${title}`),
      };
    };
    const watched = await use(server.origin);
    const unwatched = await use(server.unwatched);
    await unwatched.page.close();
    expect(watched.found).toEqual(unwatched.found);

    const person = inPanel(await watched.page.openPanel());
    await person.showTab("frames");
    await person.sees("[data-view=frames] [role=row]", `with:${title}`);
    await watched.page.close();
  });
});

describeInChromium("a page that another extension watches as well", (stage) => {
  let server: Server;
  let folder: string;
  beforeAll(async () => {
    server = await startEchoServer();
    folder = mkdtempSync(join(tmpdir(), "musubi-company-"));
    writeFileSync(join(folder, "manifest.json"), JSON.stringify(OTHER_MANIFEST));
    writeFileSync(join(folder, "wrap.js"), OTHER_WRAPPER);
    await stage.driver.browser.installExtension(folder);
  });
  afterAll(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it("is captured by both, whoever wrapped first, and each frame once", async () => {
    const page = await stage.driver.openPage(`http://${server.origin}/`);
    const sent = await page.evaluate(
      useWrapped,
      "WebSocket",
      `ws://${server.origin}/websocket`,
      "with:company",
    );
    expect(sent).toMatchObject({ answer: expect.stringContaining("with:company"), isInstance: true });
    expect(await page.evaluate(() => document.documentElement.dataset.other)).toBe("1 socket, 1 frame");

    const panel = await page.openPanel();
    await inPanel(panel).showTab("frames");
    await inPanel(panel).sees("[data-view=frames] [role=row]", "with:company");
    const rows = await panel.evaluate(
      () =>
        [...document.querySelectorAll("[data-view=frames] [role=row]")].filter((row) =>
          row.textContent?.includes("with:company"),
        ).length,
    );
    // Sent, and given back.
    expect(rows).toBe(2);
    await page.close();
  });
});

const OTHER_MANIFEST = {
  manifest_version: 3,
  name: "Another that watches sockets",
  version: "1",
  content_scripts: [
    { matches: ["http://127.0.0.1/*"], js: ["wrap.js"], run_at: "document_start", world: "MAIN" },
  ],
};

const OTHER_WRAPPER = `{
  let sockets = 0, frames = 0;
  const say = () => { document.documentElement.dataset.other = sockets + " socket, " + frames + " frame"; };
  const { send } = WebSocket.prototype;
  WebSocket.prototype.send = function (data) { frames++; say(); return send.call(this, data); };
  window.WebSocket = new Proxy(WebSocket, {
    construct(target, args, newTarget) { sockets++; say(); return Reflect.construct(target, args, newTarget); },
  });
}`;

/** Runs in the page: makes a socket with what `wrap` gives, sends a frame with `topic` and tells what came of it. */
async function useWrapped(wrap: string, url: string, topic: string): Promise<Record<string, unknown>> {
  // biome-ignore lint/security/noGlobalEval: the page is the test's own, and so is the text.
  const Wrapped: typeof WebSocket = eval(wrap);
  const socket = new Wrapped(`${url}?vsn=2.0.0`);
  await new Promise((resolve) => socket.addEventListener("open", resolve));
  const heard = new Promise<MessageEvent>((resolve) => socket.addEventListener("message", resolve));
  socket.send(JSON.stringify([null, "1", topic, "shout", {}]));
  const { data } = await heard;
  return {
    answer: data,
    isInstance: socket instanceof Wrapped,
    isWebSocket: socket instanceof WebSocket,
    isOwn: socket.constructor === Wrapped,
    mine: "mine" in socket,
    name: Wrapped.name,
    length: Wrapped.length,
  };
}
