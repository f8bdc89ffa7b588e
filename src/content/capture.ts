import type { ContentEnd } from "../bridge/handover";
import { leftBehindKey, writeLeftBehind } from "../bridge/left-behind";
import { MAX_TEXT_CHARS, type PagePhase } from "../bridge/page-event";
import type { IconLevel, PageRequest } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import { type ContentToTapMessage, UNWATCHED_WAIT_MS, WATCHED_WAIT_MS } from "../bridge/tap-message";
import { createBuffer, MAX_BUFFERED_BYTES } from "./buffer";
import type { Extension } from "./extension";
import { createFolding } from "./folding";
import { createHostLink } from "./host-link";
import { createIconGauge } from "./icon-level";
import { createIntake } from "./intake";

/** The capture of one document: what its tap reports is kept, and relayed to who looks. */
export type Capture = {
  /** Takes what the tap reports from now on. Called once. */
  readonly follow: (tap: ContentEnd) => void;
  /** Connects to the background, which closes the port at once if nobody looks at this tab. */
  readonly connect: () => void;
  /** The document goes, perhaps into the back-forward cache. */
  readonly hide: () => void;
  /** The page's own scripts have seen it go, and may have sent something as it went. */
  readonly leave: () => void;
  /** It has been loaded: it has its title now. */
  readonly titled: () => void;
  /** It is back out of the back-forward cache. */
  readonly show: () => void;
  /** It was rendered ahead of its time, and is the tab's page from now on. */
  readonly activate: () => void;
};

export type CaptureEnvironment = {
  /** Names the document for as long as it lives. */
  readonly document: string;
  readonly page: () => { readonly url: string; readonly title: string };
  readonly isPrerendered: () => boolean;
  /** Milliseconds since 1970, with fractions. */
  readonly now: () => number;
  readonly whenIdle: (run: () => void) => void;
  /** Calls `run` once after `ms` milliseconds, unless the returned function is called before. */
  readonly delay: (run: () => void, ms: number) => () => void;
  readonly extension: Extension;
  /** The extension is gone: nothing of the capture works any more, nor needs to be called. Called once. */
  readonly ended: () => void;
};

/** Begins the capture of a document that loads. */
export function createCapture(environment: CaptureEnvironment): Capture {
  const { document, page, isPrerendered, now, delay, whenIdle, extension } = environment;
  const buffer = createBuffer(MAX_BUFFERED_BYTES);
  const intake = createIntake(now);
  const gauge = createIconGauge();
  const link = createHostLink({
    document,
    buffer,
    url: () => page().url,
    status: () => ({ ...intake.status(), title: page().title.slice(0, MAX_TEXT_CHARS) }),
    open,
    closed: () => void isOver(),
    watchedChanged: () => hasEnded || sendReceipt(intake.taken()),
    delay,
  });
  const folding = createFolding({ buffer, fold: (part) => ask({ kind: "fold", ...part }), whenIdle, delay });
  let tap: ContentEnd | null = null;
  let status = intake.status();
  let shown: IconLevel = "none";
  let isLeaving = false;
  let partsLeft = 0;
  let hasEnded = false;

  /** Whether the extension was reloaded or removed. Nobody can look through this script then: it ends quietly. */
  function isOver(): boolean {
    if (hasEnded || !extension.isGone()) return hasEnded;
    hasEnded = true;
    link.disconnect();
    folding.stop();
    buffer.clear();
    tap?.port.postMessage({ kind: "stop" } satisfies ContentToTapMessage);
    if (tap !== null) tap.port.onmessage = null;
    environment.ended();
    return true;
  }

  function open(): Port | null {
    // A page that is rendered ahead of its time is not the tab's page yet.
    if (isOver() || isPrerendered()) return null;
    try {
      return extension.connect();
    } catch {
      isOver();
      return null;
    }
  }

  function ask(request: PageRequest): Promise<unknown> {
    return attempt(() => extension.request(request));
  }

  async function attempt(call: () => Promise<unknown>): Promise<unknown> {
    if (isOver()) return null;
    try {
      return await call();
    } catch {
      // Nobody listens, or nobody is there any more: neither is the page's affair.
      isOver();
      return null;
    }
  }

  function take(message: unknown): void {
    if (isOver()) return;
    for (const chunk of intake.take(message)) {
      buffer.add(chunk);
      gauge.note(chunk);
    }
    const upTo = intake.takeReceipt();
    if (upTo !== null) sendReceipt(upTo);
  }

  function sendReceipt(upTo: number): void {
    const wait = link.isWatched() ? WATCHED_WAIT_MS : UNWATCHED_WAIT_MS;
    tap?.port.postMessage({ kind: "taken", upTo, wait } satisfies ContentToTapMessage);
  }

  /** Passes on what was taken. */
  function pass(): void {
    if (status !== intake.status()) {
      status = intake.status();
      link.announce();
    }
    showIcon();
    link.pump();
    folding.check();
  }

  function showIcon(): void {
    const level = gauge.level(intake.status().tap);
    if (level === shown || isPrerendered()) return;
    shown = level;
    void ask({ kind: "icon", level });
  }

  /** Takes from the tap what has not come over; returns whether there was anything. */
  function takeRest(): boolean {
    const rest = tap?.flush() ?? [];
    for (const message of rest) take(message);
    return rest.length > 0;
  }

  /** What is posted to a port now is lost (design.md, Contexts that need care). */
  function sendLast(): void {
    for (const last of link.unstored()) {
      void ask(last);
      const key = leftBehindKey(document, ++partsLeft);
      void attempt(() => extension.leave({ [key]: writeLeftBehind(last) }));
    }
  }

  function recordPage(phase: PagePhase): void {
    const { url, title } = page();
    const [shortUrl, shortTitle] = [url, title].map((text) => text.slice(0, MAX_TEXT_CHARS));
    buffer.add({ type: "page", at: now(), phase, url: shortUrl ?? "", title: shortTitle ?? "" });
  }

  recordPage("load");

  return {
    follow(end) {
      tap = end;
      end.port.onmessage = ({ data }: MessageEvent<unknown>) => {
        take(data);
        if (!hasEnded) pass();
      };
    },
    connect: link.connect,
    hide() {
      isLeaving = true;
      takeRest();
      recordPage("hide");
      sendLast();
    },
    leave() {
      if (isLeaving && takeRest()) sendLast();
    },
    titled: link.announce,
    show() {
      isLeaving = false;
      recordPage("show");
      // A port that went through the back-forward cache is dead and does not say so.
      link.connect();
      // The tab's icon was another page's meanwhile.
      shown = "none";
      showIcon();
    },
    activate() {
      link.connect();
      showIcon();
    },
  };
}
