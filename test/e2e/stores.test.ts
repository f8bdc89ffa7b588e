import { expect, it } from "vitest";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";

const COUNTER = "Demo.CounterStore:main";
const TODOS = "Demo.TodoStore:main";

/** Enabled while the counter is mounted. */
const INCREMENT = '[data-root="Demo.CounterStore"] fieldset:enabled [data-command="increment"]';

describeInBrowsers("the stores of the demo page, in the browser's own DevTools", (stage) => {
  it("show what the page holds, and what each of its buttons changes", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    expect(panel.title).toBe("Musubi");

    await person.chooseStore(COUNTER, []);
    await person.seesState({ "/count": "0", "/label": '"0 clicks"' });
    await page.click('[data-command="increment"]');
    await person.seesState({ "/count": "1", "/label": '"1 click"' });
    await person.sees("[data-last-change]", "v2");
    await person.sees("[data-last-change] [data-command]", "increment");
    await person.chooseStore(COUNTER, ["child"]);
    await person.seesState({ "/doubled": "2" });

    await page.click('[data-command="add"]');
    const items = ["t1", "t2", "t3", "t4"].map((id) => ["todos", id]);
    await person.seesStores(TODOS, [[], ...items]);
    await person.chooseStore(TODOS, ["todos", "t4"]);
    await person.seesState({ "/text": '"Buy rice"', "/done": "false" });
    await page.click('[data-store-id=\'["todos","t4"]\'] [data-command="toggle"]');
    await person.seesState({ "/done": "true" });

    // Removing the first shifts every other in the array: the store that is chosen stays the one it is.
    await page.click('[data-store-id=\'["todos","t1"]\'] [data-command="remove"]');
    await person.seesStores(TODOS, [[], ...items.slice(1)]);
    await person.seesState({ "/text": '"Buy rice"', "/done": "true" });
    await page.click('[data-command="clear_done"]');
    await person.seesStores(TODOS, [[], ...items.slice(1, 3)]);
    await person.sees("[data-detail=store]", "not in the tree");
    await page.close();
  });

  it("are all there when DevTools is opened late", async () => {
    const page = await stage.driver.openPage(stage.demo);
    for (let clicks = 0; clicks < 5; clicks++) await page.click('[data-command="increment"]');
    await expect
      .poll(() => page.evaluate(() => document.querySelector('[data-show="count"]')?.textContent))
      .toBe("5");

    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, []);
    await person.seesState({ "/count": "5" });
    await person.showTab("frames");
    await person.sees("[data-view=frames] [role=row]", "phx_join");
    await page.close();
  });

  it("follow the page through unmounting, a lost connection, a reload and its end", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    const counter = `[role=treeitem][data-root-id="${COUNTER}"][data-store-id="[]"]`;
    await page.click('[data-command="increment"]');
    await person.chooseStore(COUNTER, []);
    await person.seesState({ "/count": "1" });

    await page.click('[data-root="Demo.CounterStore"] [data-action="toggle-mount"]');
    await person.sees(`${counter}[data-status=unmounted]`, COUNTER.split(":")[0] ?? "");
    await page.click('[data-root="Demo.CounterStore"] [data-action="toggle-mount"]');
    await person.sees(`${counter}[data-status=mounted]`, "Demo.CounterStore");
    await person.seesState({ "/count": "0" });

    await page.click('[data-fault="cut"]');
    await person.showTab("frames");
    await person.sees("[data-view=frames] [data-type=close]", "1006");
    await person.showTab("stores");
    await page.click(`body:has(#connection-status[data-status="connected"]) ${INCREMENT}`);
    await person.seesState({ "/count": "1" });

    await page.reload();
    await person.chooseStore(COUNTER, []);
    await person.seesState({ "/count": "0" });
    await person.sees("[data-root-version]", "v1");

    // Where the extension does not watch, the panel shows how the session ended.
    await page.goto("about:blank");
    await person.sees("[role=treeitem][data-kind=connection][data-status=closed]", "/socket");
    await person.sees(`${counter}[data-status=lost]`, "Demo.CounterStore");
    await page.close();
  });
});
