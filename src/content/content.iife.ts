// Runs in the extension's isolated world of every watched document, where the page cannot reach.
import browser from "webextension-polyfill";
import { takePort } from "../bridge/handover";
import { MAX_TEXT_CHARS, type PageEvent } from "../bridge/page-event";
import { CONTENT_PORT, isNotice } from "../bridge/page-message";
import { fromExtensionPort } from "../bridge/port-adapters";
import { createBuffer, MAX_BUFFERED_BYTES } from "./buffer";
import { readTapEvents } from "./intake";
import { createRelay, type Relay } from "./relay";

const documentId = [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-");
const buffer = createBuffer(MAX_BUFFERED_BYTES);
let relay: Relay | null = null;
let hasTap = false;

function now(): number {
  return performance.timeOrigin + performance.now();
}

function recordPage(phase: "load" | "hide" | "show"): void {
  const title = document.title.slice(0, MAX_TEXT_CHARS);
  buffer.add({ type: "page", at: now(), phase, url: pageUrl(), title } satisfies PageEvent);
  relay?.pump();
}

/** The URL of a `data:` page can be as long as the page. */
function pageUrl(): string {
  return location.href.slice(0, MAX_TEXT_CHARS);
}

/**
 * Connects to the background, which closes the port at once if nobody looks at this tab. It is done without asking
 * first, so that a page's top document always comes before its iframes, however busy its thread is.
 */
function connect(): void {
  relay?.close();
  relay = null;
  // A page that is rendered ahead of its time is not the tab's page yet.
  if (isPrerendered()) return;
  try {
    const port = fromExtensionPort(browser.runtime.connect({ name: CONTENT_PORT }));
    const mine = createRelay(port, buffer, { document: documentId, url: pageUrl(), tap: hasTap });
    relay = mine;
    // The host asks again when it is back: a background that was killed, DevTools opened anew.
    port.onClose(() => {
      // An error that nobody reads is written to the page's console.
      void browser.runtime.lastError;
      if (relay === mine) relay = null;
    });
  } catch {
    // The extension was reloaded or removed: nobody can look through this script any more.
  }
}

function isPrerendered(): boolean {
  return "prerendering" in document && document.prerendering === true;
}

takePort(window, (port) => {
  port.onmessage = ({ data }: MessageEvent<unknown>) => {
    if (!hasTap) {
      hasTap = true;
      relay?.announceTap();
    }
    for (const event of readTapEvents(data, now)) buffer.add(event);
    relay?.pump();
  };
});

browser.runtime.onMessage.addListener((message: unknown) => {
  // It is sent by a host that has just been made: a relay to the one before it is of no use.
  if (isNotice(message)) connect();
  return undefined;
});

recordPage("load");
addEventListener("pagehide", () => recordPage("hide"));
addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  recordPage("show");
  // A port that went through the back-forward cache is dead and does not say so.
  connect();
});
document.addEventListener("prerenderingchange", connect);
connect();
