// Runs in the extension's isolated world of every watched document, where the page cannot reach.
import type { Browser } from "webextension-polyfill";
import { fromExtensionPort } from "../bridge/extension-port";
import { takePort } from "../bridge/handover";
import { CONTENT_PORT, isNotice } from "../bridge/page-message";
import { createCapture } from "./capture";

/**
 * The browser's own API, without the polyfill: this script runs in every frame of a page before anything else, and what
 * it uses is alike in both browsers.
 */
declare const browser: Browser | undefined;
declare const chrome: Browser;
const extension = typeof browser === "undefined" ? chrome : browser;

/** A busy page has its events folded after this long at the latest. */
const MAX_IDLE_WAIT_MS = 10_000;

const listeners = new AbortController();
const rewritten = new MutationObserver(listen);

const capture = createCapture({
  document: [...crypto.getRandomValues(new Uint32Array(4))].map((n) => n.toString(36)).join("-"),
  page: () => ({ url: location.href, title: document.title }),
  isPrerendered: () => "prerendering" in document && document.prerendering === true,
  now: () => performance.timeOrigin + performance.now(),
  whenIdle: (run) => void requestIdleCallback(run, { timeout: MAX_IDLE_WAIT_MS }),
  delay(run, ms) {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
  extension: {
    isGone,
    connect,
    request: (message) => extension.runtime.sendMessage(message),
    // Firefox lets no content script in, and needs none of it: there a message outlives its page.
    leave: async (items) => extension.storage.session?.set(items),
  },
  ended() {
    listeners.abort();
    rewritten.disconnect();
    try {
      extension.runtime.onMessage.removeListener(onNotice);
    } catch {
      // It went with the extension.
    }
  },
});

/** Whether the extension was reloaded or removed: its API is dead then, and throws or is empty. */
function isGone(): boolean {
  try {
    return extension.runtime?.id === undefined;
  } catch {
    return true;
  }
}

function connect() {
  const port = fromExtensionPort(extension.runtime.connect({ name: CONTENT_PORT }));
  port.onClose(() => {
    // An error that nobody reads is written to the page's console.
    if (!isGone()) void extension.runtime.lastError;
  });
  return port;
}

function onNotice(message: unknown): undefined {
  // It is sent by a host that has just been made: a relay to the one before it is of no use.
  if (isNotice(message)) capture.connect();
}

function onShow({ persisted }: PageTransitionEvent): void {
  if (persisted) capture.show();
  else capture.titled();
}

/** A listener that is there already is not added again. */
function listen(): void {
  const { signal } = listeners;
  addEventListener("pagehide", capture.hide, { signal });
  // Of a page that goes this comes after all its own listeners to `pagehide`, and on the window after those of its document.
  addEventListener("visibilitychange", capture.leave, { signal });
  addEventListener("pageshow", onShow, { signal });
  document.addEventListener("prerenderingchange", capture.activate, { signal });
}

takePort(window, capture.follow);
extension.runtime.onMessage.addListener(onNotice);

listen();
// A page that opens its document anew takes all listeners away, with all that the document holds.
rewritten.observe(document, { childList: true });
// It is done without asking first, so that a page's top document always comes before its iframes, however busy its
// thread is.
capture.connect();
