import { getuid } from "node:process";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { callResult, callText } from "../../../src/cli/browser/call-text";
import { DEFAULT_SIZE, type Surface, until } from "../../../src/cli/browser/driver";
import { type Figure, formatCount } from "../table";
import { describeFrames, measureFrames } from "./frame-log";
import { heapFigures } from "./heap-figures";
import { serveShop } from "./shop-site";

const RATES = [1_000, 5_000];
const WARM_UP_MS = 2_000;
const MEASURED_MS = 10_000;

/** For comparison: Chromium's own list of a socket's messages, under the traffic that our panel is measured with. */
export async function* messagesFigures(executable: string): AsyncGenerator<Figure> {
  const shop = await serveShop();
  const browser = await launchPlain(executable);
  try {
    const page = await browser.newPage();
    const devtools = await openFrontEnd(browser, page);
    await page.goto(shop.url);
    await until("the front end to show the socket", () => devtools.evaluate(SHOW_MESSAGES));
    await devtools.bringToFront();
    const evaluate: Surface["evaluate"] = async (task, ...args) =>
      callResult(await devtools.evaluate<[], () => string | undefined>(callText(task, args)));
    for (const rate of RATES) {
      shop.start(rate);
      await sleep(WARM_UP_MS);
      const frames = await measureFrames({ evaluate }, () => sleep(MEASURED_MS));
      shop.stop();
      yield {
        name: `frames a second, Chromium's own Messages, ${formatCount(rate)} envelopes/s`,
        ...{ value: frames.perSecond, unit: "/s", target: null, medians: describeFrames(frames) },
      };
    }
    yield* await heapFigures("heap of Chromium's front end after it", devtools, null);
  } finally {
    await browser.close();
    shop.close();
  }
}

/** A browser with a port, over which a front end in a tab reaches the page: a tab's frames are drawn as ever. */
function launchPlain(executablePath: string): Promise<Browser> {
  const { width, height } = DEFAULT_SIZE;
  const sandbox = getuid?.() === 0 ? ["--no-sandbox"] : [];
  const origins = "--remote-allow-origins=devtools://devtools";
  return puppeteer.launch({
    ...{ executablePath, headless: true, debuggingPort: 0, defaultViewport: { width, height } },
    args: ["--disable-gpu", "--no-first-run", `--window-size=${width},${height}`, origins, ...sandbox],
  });
}

async function openFrontEnd(browser: Browser, page: Page): Promise<Page> {
  const session = await page.createCDPSession();
  const { targetInfo } = await session.send("Target.getTargetInfo");
  const address = `${new URL(browser.wsEndpoint()).host}/devtools/page/${targetInfo.targetId}`;
  const devtools = await browser.newPage();
  await devtools.goto(`devtools://devtools/bundled/devtools_app.html?ws=${address}`);
  // It makes its parts in an order of its own, which whoever asks for one too early breaks.
  await devtools.waitForSelector(".root-view");
  // What the page loads is noted from when the network's view is there.
  await until("the front end's network view", () => devtools.evaluate(SHOW_NETWORK));
  return devtools;
}

// In the front end's own words.

const SHOW_NETWORK = `(async () => {
  const { ViewManager } = await import("./ui/legacy/legacy.js");
  const { NetworkLog } = await import("./models/logs/logs.js");
  const { TargetManager } = await import("./core/sdk/sdk.js");
  await ViewManager.ViewManager.instance().showView("network");
  NetworkLog.NetworkLog.instance();
  return TargetManager.TargetManager.instance().targets().length > 0 || undefined;
})()`;

const SHOW_MESSAGES = `(async () => {
  const { NetworkLog } = await import("./models/logs/logs.js");
  const { UIRequestLocation } = await import("./panels/network/forward/forward.js");
  const { Revealer } = await import("./core/common/common.js");
  const socket = NetworkLog.NetworkLog.instance().requests().find((request) => request.url().startsWith("ws:"));
  if (!socket) return undefined;
  await Revealer.reveal(UIRequestLocation.UIRequestLocation.tab(socket, "web-socket-frames"));
  return true;
})()`;
