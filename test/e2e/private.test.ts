import { expect, it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { readStoredTabs, tabOf } from "../support/stored-journals";
import { openTalkSite, talkOf, talkOn, untilTold } from "../support/talk-page";

describeInBrowsers("a private window", (stage) => {
  it("is captured, and nothing of it is written to disk", async () => {
    const site = await openTalkSite(stage.demo);
    const open = await stage.driver.openPage(site.blank());
    const page = await stage.driver.openPrivatePage(site.url("one"));
    const panel = await page.openPanel();
    await inPanel(panel).sees("[data-private]", "private window");
    await untilTold(panel, await talkOn(page, 5));

    // Written later than that, and by the same extension.
    await open.goto(site.url("two"));
    const openPanel = await open.openPanel();
    await untilTold(openPanel, await talkOf(open));
    const [openTab, privateTab] = [await tabOf(openPanel), await tabOf(panel)];
    const stored = async () => (await readStoredTabs(openPanel)).map(({ tab }) => tab);
    await expect.poll(stored).toContain(openTab);
    await untilTold(panel, await talkOn(page, 5));
    expect(await stored()).not.toContain(privateTab);
    await open.close();
    await page.close();
    await site.close();
  });

  it("is captured anew from the page when the background was ended", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPrivatePage(site.url("one"));
    const panel = await page.openPanel();
    await untilTold(panel, await talkOf(page));
    await stage.driver.extension.killBackground();
    await untilTold(panel, await talkOn(page, 5));
    await page.close();
    await site.close();
  });
});
