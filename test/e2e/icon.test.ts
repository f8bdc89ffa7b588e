import { expect, it } from "vitest";
import { ICON_TITLES } from "../../src/background/icon";
import type { IconLevel } from "../../src/bridge/page-message";
import { PATIENCE_MS, type PageHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { openTalkSite, socketUrl } from "../support/talk-page";

describeInBrowsers("the toolbar's icon", (stage) => {
  it("tells how far the page has come, and begins anew with each", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    await shows(page, "waiting");
    await page.goto(site.url("one"));
    await shows(page, "phoenix");
    await page.goto(stage.demo);
    await shows(page, "musubi");
    await page.goto(site.blank());
    await shows(page, "waiting");
    await page.goto(site.blank("127.0.0.2"));
    await shows(page, "none");
    await page.close();
    await site.close();
  });

  it("tells what an iframe has come to, and what another tab has not", async () => {
    const site = await openTalkSite(stage.demo);
    const other = await stage.driver.openPage(site.blank());
    const page = await stage.driver.openPage(site.blank());
    await shows(page, "waiting");
    await page.evaluate(addFrame, stage.demo);
    await shows(page, "musubi");
    await shows(other, "waiting");
    await page.close();
    await other.close();
    await site.close();
  });

  it("goes on from where it was when the background was ended", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    await shows(page, "waiting");
    await stage.driver.extension.killBackground();
    await shows(page, "waiting");
    await page.evaluate(openSocket, socketUrl(stage.demo));
    await shows(page, "phoenix");
    await stage.driver.extension.killBackground();
    await page.evaluate(addFrame, site.blank());
    await shows(page, "phoenix");
    await page.close();
    await site.close();
  });

  it("tells the same again of a page out of the back-forward cache", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    await page.goto(site.url("one"));
    await shows(page, "phoenix");
    await page.evaluate(() => history.back());
    await shows(page, "waiting");
    await page.evaluate(() => history.forward());
    await shows(page, "phoenix");
    await page.close();
    await site.close();
  });
});

async function shows(page: PageHandle, level: IconLevel): Promise<void> {
  await expect.poll(page.iconTitle, { timeout: PATIENCE_MS }).toBe(ICON_TITLES[level]);
}

// The functions below run in the page.

function addFrame(url: string): void {
  const frame = document.createElement("iframe");
  frame.src = url;
  document.body.append(frame);
}

function openSocket(url: string): void {
  new WebSocket(url);
}
