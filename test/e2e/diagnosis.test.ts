import { it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { inPanel, type PanelWords } from "../support/panel-words";
import { openTalkSite, socketUrl } from "../support/talk-page";

describeInBrowsers("the panel of a page on which there is nothing to see", (stage) => {
  it("says at each step what is missing, and what to do", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    const person = inPanel(await page.openPanel());
    await stops(person, "socket", "no_socket", "neither a WebSocket nor a Phoenix long poll");

    await page.evaluate(openSocket, socketUrl(stage.demo).replace(/socket.*/, "live-reload"));
    await stops(person, "phoenix", "other_sockets", "none of them is Phoenix's");
    await page.evaluate(openSocket, socketUrl(stage.demo));
    await stops(person, "channel", "no_channel", "has not asked to join a channel");
    await page.evaluate(join, "nobody:here", {});
    await stops(person, "channel", "channels_refused", "nobody:here");
    await page.evaluate(join, "echo:here", {});
    await stops(person, "root", "plain_channels", "plain Phoenix channels, which is fine");

    const topic = "musubi:connection:Demo.NoStore:main";
    await page.evaluate(join, topic, { module: "Demo.NoStore", id: "main", params: {} });
    await stops(person, "envelope", "roots_refused", "Its reply, under Frames, says why");
    await page.evaluate(addFrame, stage.demo);
    await person.seesStores("Demo.CounterStore:main", [[], ["child"]]);
    await page.close();
    await site.close();
  });

  it("says that sockets in workers cannot be seen", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    const person = inPanel(await page.openPanel());
    await page.evaluate(talkInWorker, socketUrl(stage.demo));
    await stops(person, "socket", "no_socket", "Sockets that a worker opens cannot be seen by an extension");
    await page.close();
    await site.close();
  });

  it("says that a socket is refused, and that it has closed before a channel was joined", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    const person = inPanel(await page.openPanel());
    await page.evaluate(openSocket, socketUrl(stage.demo).replace("socket/", "nowhere/"));
    await stops(person, "channel", "connecting_socket", "or has refused it");
    await page.goto(site.blank());
    await stops(person, "socket", "no_socket", "");
    await page.evaluate(openAndClose, socketUrl(stage.demo));
    await stops(person, "channel", "closed_socket", "has ended before a channel was joined");
    await page.close();
    await site.close();
  });
});

async function stops(person: PanelWords, step: string, stop: string, text: string): Promise<void> {
  await person.sees(`[data-diagnosis=${step}][data-stop=${stop}]`, text);
  await person.sees(`[data-stop=${stop}] [data-step=${step}][data-step-state=failed]`, "");
}

// The functions below run in the page.

function openSocket(url: string): void {
  Object.assign(window, { socket: new WebSocket(url) });
}

function openAndClose(url: string): void {
  const socket = new WebSocket(url);
  socket.onopen = () => socket.close();
}

/** On the socket that was opened last, once it is open. */
async function join(topic: string, payload: unknown): Promise<void> {
  const socket: WebSocket = Reflect.get(window, "socket");
  if (socket.readyState === socket.CONNECTING)
    await new Promise((resolve) => socket.addEventListener("open", resolve));
  socket.send(JSON.stringify([topic, topic, topic, "phx_join", payload]));
}

function addFrame(url: string): void {
  const frame = document.createElement("iframe");
  frame.src = url;
  document.body.append(frame);
}

/** Resolves when the worker's socket is open. */
function talkInWorker(url: string): Promise<void> {
  const code = `new WebSocket(${JSON.stringify(url)}).onopen = () => postMessage("open")`;
  const worker = new Worker(URL.createObjectURL(new Blob([code])));
  return new Promise((resolve) => {
    worker.onmessage = () => resolve();
  });
}
