import { expect, it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";

const COUNTER = "Demo.CounterStore:main";

describeInBrowsers("time travel over the demo page, in the browser's own DevTools", (stage) => {
  it("shows what the page knew before each command, and does not touch the page", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    const increment = () => page.click('[data-command="increment"]');
    const countOnPage = () =>
      page.evaluate(() => document.querySelector('[data-show="count"]')?.textContent ?? null);
    await person.chooseStore(COUNTER, []);
    for (const count of ["1", "2", "3"]) {
      await increment();
      await person.seesState({ "/count": count });
    }

    await panel.evaluate(() => {
      const field = document.querySelector<HTMLSelectElement>("[data-action=moment-step]");
      if (field === null) throw new Error("There is nothing to step by.");
      field.value = "command";
      field.dispatchEvent(new Event("change", { bubbles: true }));
    });
    await person.click("[data-action=moment-previous]");
    await person.seesState({ "/count": "2" });
    await person.click("[data-action=moment-previous]");
    await person.seesState({ "/count": "1" });
    await person.sees("[data-moment=past] .moment-sentence", "The page itself is not touched.");
    expect(await countOnPage()).toBe("3");

    await increment();
    await expect.poll(countOnPage).toBe("4");
    await person.seesState({ "/count": "1" });
    await person.click("[data-action=moment-next]");
    await person.seesState({ "/count": "2" });
    await person.click("[data-action=moment-back]");
    await person.seesState({ "/count": "4" });
    await person.sees("[data-moment=live] .moment-live", "Live");
    await page.close();
  });

  it("stays at its moment when the background dies", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, []);
    await page.click('[data-command="increment"]');
    await person.seesState({ "/count": "1" });
    await person.click("[data-action=moment-previous]");
    await person.seesState({ "/count": "0" });
    // The next background may not know of that event until its page has sent it again.
    await stage.driver.extension.killBackground();
    await page.click('[data-command="increment"]');
    await person.sees("[data-moment=past] .moment-sentence", "You see the state after event");
    await person.seesState({ "/count": "0" });
    await person.click("[data-action=moment-back]");
    await person.seesState({ "/count": "2" });
    await page.close();
  });
});
