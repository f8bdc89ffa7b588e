import { expect, it } from "vitest";
import { describeInBrowsers, describeInChromium } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { readOverview } from "../support/session-reader";
import { openTalkSite, socketUrl, talkOf, talkOn, untilTold } from "../support/talk-page";

describeInBrowsers("DevTools", (stage) => {
  it("shows the whole history when it was closed meanwhile, more than once", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    for (const times of [2, 3]) {
      const panel = await page.openPanel();
      await untilTold(panel, await talkOf(page));
      await panel.close();
      await talkOn(page, times);
    }
    await untilTold(await page.openPanel(), await talkOn(page, 1));
    await page.close();
    await site.close();
  });

  // In Firefox it begins anew with each move, as if it had been closed: what was chosen is not chosen any more.
  it("shows the whole history wherever it is moved", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    for (const side of ["bottom", "right", "window"] as const) {
      await panel.dock(side);
      await untilTold(panel, await talkOn(page, 2));
    }
    await page.close();
    await site.close();
  });

  it("shows each tab its own, where two are open on the same app", async () => {
    const site = await openTalkSite(stage.demo);
    const pages = [
      await stage.driver.openPage(site.url("one")),
      await stage.driver.openPage(site.url("one")),
    ] as const;
    const panels = [await pages[0].openPanel(), await pages[1].openPanel()] as const;
    const talks = [await talkOn(pages[0], 2), await talkOn(pages[1], 5)] as const;
    await untilTold(panels[0], talks[0]);
    await untilTold(panels[1], talks[1]);
    for (const page of pages) await page.close();
    await site.close();
  });

  it("tells iframes apart: of the same site, of another, and one that the page has filled itself", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("top"));
    const panel = await page.openPanel();
    const [same, other] = [site.url("same"), site.url("other", "localhost")];
    await page.evaluate(addFrames, [same, other], socketUrl(stage.demo));
    const frames = async () => (await readOverview(panel)).connections.map(({ frame }) => frame);
    await expect.poll(async () => (await frames()).toSorted()).toEqual(["about:blank", same, other, null]);
    await page.close();
    await site.close();
  });
});

describeInChromium("DevTools", (stage) => {
  it("goes on with what was chosen wherever it is moved", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore("Demo.CounterStore:main", ["child"]);
    for (const [moves, side] of (["bottom", "right", "window"] as const).entries()) {
      await panel.dock(side);
      await page.click('[data-command="increment"]');
      await person.seesState({ "/doubled": String(2 * (moves + 1)) });
    }
    await page.close();
  });
});

/** Runs in the page. The last frame is one that the page fills itself. */
function addFrames(urls: readonly string[], socket: string): void {
  for (const url of urls) {
    const frame = document.createElement("iframe");
    frame.src = url;
    document.body.append(frame);
  }
  const own = document.createElement("iframe");
  document.body.append(own);
  own.contentDocument?.write(`<script>new WebSocket(${JSON.stringify(socket)})</script>`);
}
