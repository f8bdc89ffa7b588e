import { expect, it } from "vitest";
import { PATIENCE_MS } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { openTalkSite, talkOf, untilTold } from "../support/talk-page";

describeInBrowsers("the page before", (stage) => {
  it("is one click away and one back, stays shown over the end of the background, and goes with the next", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore("Demo.CounterStore:main", []);
    await page.goto(site.url("two"));
    await person.sees("[data-stop=plain_channels]", "");
    await person.click("[data-action=show-past]");
    await person.sees("[data-session=past] [data-bar=past]", "the page before");
    await person.chooseStore("Demo.CounterStore:main", ["child"]);
    await person.seesState({ "/doubled": "0" });

    await stage.driver.extension.killBackground();
    await person.sees("[data-link=attached]", "");
    await person.seesState({ "/doubled": "0" });
    await person.click("[data-action=show-live]");
    await person.sees("[data-session=live] [data-stop=plain_channels]", "");
    await page.goto(site.url("three"));
    const past = await untilTold(panel, await talkOf(page), "past");
    expect(past.overview.session.url).toBe(site.url("two"));
    await page.close();
    await site.close();
  });

  it("stays in the list where the log is preserved, in each tab and in a panel that is opened later", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    const first = await talkOf(page);
    const preserves = ".toolbar-preserve [data-action=preserve]";
    await inPanel(panel).click(preserves);
    await page.goto(site.url("two"));
    const both = [...first, ...(await talkOf(page))];
    await untilTold(panel, both);
    await stage.driver.extension.killBackground();
    await untilTold(panel, both);
    await panel.close();

    const again = await page.openPanel();
    await untilTold(again, both);
    const isChecked = () => again.evaluate(isOn, preserves);
    await expect.poll(isChecked, { timeout: PATIENCE_MS }).toBe(true);
    await inPanel(again).click(preserves);
    await expect.poll(isChecked).toBe(false);
    await page.goto(site.url("three"));
    await untilTold(again, await talkOf(page));
    await untilTold(again, both, "past");
    await page.close();
    await site.close();
  });
});

/** Runs in the panel. */
function isOn(selector: string): boolean {
  return document.querySelector<HTMLInputElement>(selector)?.checked ?? false;
}
