import { expect, it } from "vitest";
import { PATIENCE_MS, type PanelHandle, type Surface } from "../../src/cli/browser/driver";
import { describeInBrowsers, describeInChromium } from "../support/browser";
import { inPanel } from "../support/panel-words";

const COUNTER = "Demo.CounterStore:main";

describeInChromium("a panel whose background worker is killed", (stage) => {
  it("comes back with everything, once each, and with what was chosen", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, ["child"]);
    await person.seesState({ "/doubled": "0" });

    for (let kills = 1; kills <= 3; kills++) {
      await page.click('[data-command="increment"]');
      await stage.driver.extension.killBackground();
      await page.click('[data-command="increment"]');
      await person.seesState({ "/doubled": String(kills * 4) });
    }
    await page.click('[data-command="increment"]');
    await person.seesState({ "/doubled": "14" });

    // Seven commands, their replies and envelopes, and the first nine events: none lost, none twice.
    await expect.poll(() => countEvents(panel), { timeout: PATIENCE_MS }).toBe(9 + 7 * 3);
    await person.showTab("problems");
    expect(await panel.evaluate(() => document.querySelectorAll("[data-code]").length)).toBe(0);
    await page.close();
  });
});

describeInBrowsers("what belongs to one place", (stage) => {
  it("stays there: a tab's panel shows nothing of another tab", async () => {
    const one = await stage.driver.openPage(stage.demo);
    const onePanel = await one.openPanel();
    await inPanel(onePanel).chooseStore(COUNTER, []);
    const other = await stage.driver.openPage(stage.demo);
    for (let clicks = 0; clicks < 3; clicks++) await other.click('[data-command="increment"]');
    await expect.poll(() => countOf(other), { timeout: PATIENCE_MS }).toBe("3");

    const otherPanel = await other.openPanel();
    await inPanel(otherPanel).chooseStore(COUNTER, []);
    await inPanel(otherPanel).seesState({ "/count": "3" });
    await inPanel(onePanel).seesState({ "/count": "0" });
    await other.close();
    await one.close();
  });

  it("is labelled: a connection inside an iframe says so", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.sees("[role=treeitem][data-kind=connection]", "/socket");
    await page.evaluate(() => {
      const frame = document.createElement("iframe");
      frame.src = `${location.href}?inner`;
      document.body.append(frame);
    });
    await person.sees("[role=treeitem][data-kind=connection]", "iframe");
    await expect.poll(() => panel.evaluate(countRoots), { timeout: PATIENCE_MS }).toBe(4);
    await page.close();
  });
});

function countOf(page: Surface): Promise<string | undefined> {
  return page.evaluate(() => document.querySelector('[data-show="count"]')?.textContent ?? undefined);
}

function countRoots(): number {
  return document.querySelectorAll("[role=treeitem][data-kind=root]").length;
}

/** What the tab of the frames says. */
async function countEvents(panel: PanelHandle): Promise<number> {
  const text = await panel.evaluate(() => document.querySelector("[data-tab=frames]")?.textContent ?? "");
  return Number(text.replaceAll(/\D/g, ""));
}
