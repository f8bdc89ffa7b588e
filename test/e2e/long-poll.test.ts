import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { PATIENCE_MS, type PageHandle } from "../../src/cli/browser/driver";
import { distFolder } from "../../src/cli/build";
import { serve } from "../../src/cli/serve";
import { describeInBrowsers } from "../support/browser";
import { startLoadServer } from "../support/load-server";
import { inPanel } from "../support/panel-words";
import { readFrame, readOverview, readSession } from "../support/session-reader";

const COUNTER = "Demo.CounterStore:main";
const FORGET_XHR = "<script>delete window.XMLHttpRequest;</script>";

describeInBrowsers("frames that come otherwise than as text over a WebSocket", (stage) => {
  it.each(["XMLHttpRequest", "fetch"])("are captured as messages: long poll by %s", async (means) => {
    const demo = await serveLongPoll(means === "fetch");
    const page = await stage.driver.openPage(demo.url);
    expect(await page.evaluate(() => "XMLHttpRequest" in window)).toBe(means !== "fetch");
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, []);
    await page.click('[data-command="increment"]');
    await person.seesState({ "/count": "1" });

    const { rows, overview } = await readSession(panel);
    expect(rows.map(({ type }) => type).slice(0, 3)).toEqual(["page", "socket", "open"]);
    const frames = rows.filter(({ type }) => type === "in" || type === "out");
    expect(frames.filter(({ event }) => event === null)).toEqual([]);
    const of = (wanted: string) => frames.filter(({ event }) => event === wanted);
    expect(of("phx_join")).toHaveLength(2);
    expect(of("command")).toHaveLength(1);
    expect(of("phx_reply")).toHaveLength(3);
    expect(overview.connections.map(({ transport, status }) => [transport, status])).toEqual([
      ["longpoll", "connected"],
    ]);
    expect(overview.session.problems).toBe(0);

    await demo.drop();
    const closes = async () => (await readSession(panel)).rows.filter(({ type }) => type === "close");
    await expect.poll(closes, { timeout: PATIENCE_MS }).toHaveLength(1);
    expect((await closes())[0]?.summary).toContain("3410");
    // The page comes back, with stores that start anew.
    await person.seesState({ "/count": "0" });
    expect((await readOverview(panel)).connections).toHaveLength(1);
    await page.close();
    await demo.close();
  });

  it("are captured as they are: binary pushes over long poll", async () => {
    const demo = await serveLongPoll(false);
    const page = await stage.driver.openPage(`${demo.url}upload.html`);
    const panel = await page.openPanel();
    await page.click('fieldset:enabled [data-sample="photo.png"]');
    const status = () => attributeOf(page, '[data-file="photo.png"]', "data-status");
    await expect.poll(status, { timeout: PATIENCE_MS }).toBe("success");

    const chunks = async () =>
      (await readSession(panel)).rows.filter(({ summary }) => summary.startsWith("binary"));
    const bytes = async () => (await chunks()).reduce((sum, { size }) => sum + size, 0);
    // The file's own bytes, and a few around each chunk.
    await expect.poll(bytes, { timeout: PATIENCE_MS }).toBeGreaterThan(PHOTO_BYTES);
    const kept = await chunks();
    expect(await bytes()).toBeLessThan(PHOTO_BYTES + kept.length * 128);
    expect(new Set(kept.map(({ type, event }) => `${type} ${event}`))).toEqual(new Set(["out chunk"]));
    await page.close();
    await demo.close();
  });

  it("are captured as they are: buffers, views and Blobs over a WebSocket, in their order", async () => {
    const load = await startLoadServer();
    const page = await stage.driver.openPage(load.url({}));
    const panel = await page.openPanel();
    // The load server gives binary frames back.
    await page.evaluate(sendBinary);
    const frames = async () =>
      (await readSession(panel)).rows.filter(({ summary }) => summary.includes("bytes"));
    await expect.poll(frames, { timeout: PATIENCE_MS }).toHaveLength(8);

    const raw = await Promise.all(
      (await frames()).map(async ({ type, seq }) => [type, await readFrame(panel, seq)]),
    );
    const of = (wanted: string) => raw.filter(([type]) => type === wanted).map(([, text]) => text);
    const pushes = [1, 2, 3, 4].map((n) => Buffer.from(binaryPush(n)).toString("base64"));
    expect(of("out")).toEqual(pushes);
    expect(of("in")).toEqual(pushes);
    await page.close();
    await load.close();
  });
});

/** What the upload page's sample weighs. */
const PHOTO_BYTES = 640_000;

/** Serves the demo over long poll alone. @param byFetch the pages have no `XMLHttpRequest` */
async function serveLongPoll(byFetch: boolean): Promise<{
  readonly url: string;
  readonly drop: () => Promise<void>;
  readonly close: () => Promise<void>;
}> {
  const folder = await mkdtemp(join(tmpdir(), "musubi-demo-"));
  await cp(distFolder("demo"), folder, { recursive: true });
  const index = join(folder, "index.html");
  const html = await readFile(index, "utf8");
  if (byFetch) await writeFile(index, html.replace("<head>", `<head>${FORGET_XHR}`));
  const server = await serve({ port: 0, demo: folder, transport: "longpoll", faultsPort: 0, log: () => {} });
  return {
    url: `http://localhost:${server.port}/`,
    async drop() {
      const url = `http://127.0.0.1:${server.faultsPort}/connections/all/drop`;
      const answer = await fetch(url, { method: "POST", body: JSON.stringify({ code: 1011 }) });
      expect(answer.ok).toBe(true);
    },
    async close() {
      await server.close();
      await rm(folder, { recursive: true });
    },
  };
}

function attributeOf(page: PageHandle, selector: string, name: string): Promise<string | null> {
  const read = (wanted: string, attribute: string) =>
    document.querySelector(wanted)?.getAttribute(attribute) ?? null;
  return page.evaluate(read, selector, name);
}

/** A push of join_ref and ref "1" (wire.md 1.3): topic "t", event "b", `n` bytes. */
function binaryPush(n: number): readonly number[] {
  return [0, 1, 1, 1, 1, 0x31, 0x31, 0x74, 0x62, ...Array.from({ length: n }, () => 200 + n)];
}

/** Runs in the page. The frames are those of `binaryPush`, which it cannot see. */
function sendBinary(): void {
  const socket = new WebSocket(`${location.origin.replace("http", "ws")}/socket/websocket?vsn=2.0.0`);
  const bytes = (n: number) =>
    new Uint8Array([0, 1, 1, 1, 1, 0x31, 0x31, 0x74, 0x62, ...Array.from({ length: n }, () => 200 + n)]);
  socket.onopen = () => {
    socket.send(bytes(1).buffer);
    // A view of some bytes among others.
    const among = new Uint8Array(100);
    among.set(bytes(2), 50);
    socket.send(among.subarray(50, 50 + bytes(2).length));
    socket.send(new Blob([bytes(3)]));
    socket.binaryType = "arraybuffer";
    socket.send(new DataView(bytes(4).buffer));
  };
}
