import { expect, it } from "vitest";
import type { PageHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";

const COUNTER = "Demo.CounterStore:main";
const INCREMENT = '[data-root="Demo.CounterStore"] fieldset:enabled [data-command="increment"]';

describeInBrowsers("the views of the panel, in the browser's own DevTools", (stage) => {
  it("timeline: from a command to what it changed, on to its frame, to the frame's pair and into the store", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await page.click(INCREMENT);
    await person.chooseStore(COUNTER, []);
    await person.seesState({ "/count": "1" });

    await person.showTab("timeline");
    await person.type("[data-action=filter]", "increment");
    await person.choose('[data-view=timeline] [role=row][data-kind="command"]');
    await person.sees("[data-detail=entry] [data-cause=command] [aria-current]", "increment");
    await panel.click("[data-detail=entry] [data-cause=envelope] [data-link]");
    await person.sees('[data-detail=entry] [data-path="/count"] [data-side=before]', "0");
    await person.sees('[data-detail=entry] [data-path="/count"] [data-side=after]', "1");

    await panel.click("[data-detail=entry] [data-cause=command] [data-link]");
    await person.sees("[data-detail=entry] [data-cause=command] [aria-current]", "increment");
    await panel.click("[data-action=show-frame]");
    await person.sees("[data-view=frames] [role=row][aria-selected=true]", "command");
    await panel.click("[data-detail=event] [data-pair]");
    await person.sees("[data-view=frames] [role=row][aria-selected=true]", "phx_reply");
    await page.close();
  });

  it("a store's sides: what changed it, which commands it got, and how one value came to be", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, []);
    for (const count of ["1", "2"]) {
      await page.click(INCREMENT);
      await person.seesState({ "/count": count });
    }
    await panel.click("#store-tab-changes");
    await person.choose("[data-log=changes] .grid-body [role=row][data-seq]");
    await person.sees('[data-json=change] [data-path="/count/before"]', "1");
    await person.sees('[data-json=change] [data-path="/count/after"]', "2");
    await panel.click("#store-tab-commands");
    await person.choose("[data-log=commands] .grid-body [role=row][data-seq]");
    await person.sees("[data-detail=commands]", "increment");
    await panel.click("#store-tab-assigns");
    await person.sees("#store-panel .sentence", "lens");
    await panel.click("#store-tab-raw");
    await person.sees("[data-raw]", '"count": 2');

    await panel.click("#store-tab-state");
    await panel.click('[data-json=state] [data-path="/count"]');
    await panel.click("[data-action=history]");
    await person.sees('[data-history="/count"] [data-written]', "increment");
    await expect
      .poll(() => panel.evaluate(() => document.querySelectorAll("[data-history] [data-written]").length))
      .toBe(3);
    await page.close();
  });

  it("compare, channels and connection: what the last command changed, who joined, how the line was", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.chooseStore(COUNTER, []);
    await page.click(INCREMENT);
    await person.seesState({ "/count": "1" });

    await person.showTab("compare");
    await panel.evaluate(chooseRoot, "CounterStore");
    await panel.click("[data-action=last]");
    await person.sees('[data-view=compare] [data-path="/count"] [data-side-value=before]', "0");
    await person.sees('[data-view=compare] [data-path="/count"] [data-side-value=after]', "1");

    await person.showTab("channels");
    await person.choose("[data-view=channels] [role=row][data-state=joined]");
    await person.sees("[data-join][data-answer=joined]", "accepted");
    await panel.click("[data-action=show-connection]");
    await person.sees("[data-view=connection] [data-spans]", "");
    await person.sees("[data-view=connection] .status-word", "connected");
    await page.click('[data-fault="cut"]');
    await person.sees("[data-view=connection] [role=option][data-life=close]", "1");
    await page.close();
  });

  it("channels: who is there", async () => {
    const page = await stage.driver.openPage(`${stage.demo}chat.html`);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await rename(page, "Ada");
    await person.showTab("channels");
    await person.choose('[data-view=channels] [role=row][data-topic="presence:room"]');
    await person.sees("[data-person]", "Ada");
    await page.close();
  });

  it("search: finds a value wherever it stands, and goes there", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await page.click('[data-command="add"]');
    await person.chooseStore("Demo.TodoStore:main", ["todos", "t4"]);
    await person.chooseStore(COUNTER, []);
    await panel.click("[data-action=search]");
    await person.type("[data-action=palette-text]", "Buy rice");
    await panel.click("[role=option][data-result=value]");
    await person.sees("[role=tab][data-tab=stores][aria-selected=true]", "");
    await person.sees("[data-json=state] [role=treeitem][aria-selected=true]", "Buy");
    await page.close();
  });
});

/** Runs in the panel. */
function chooseRoot(name: string): void {
  const field = document.querySelector<HTMLSelectElement>("[data-view=compare] [data-action=root]");
  const option = [...(field?.options ?? [])].find(({ text }) => text.includes(name));
  if (!field || !option) throw new Error(`There is no root ${name} to compare.`);
  field.value = option.value;
  field.dispatchEvent(new Event("change", { bubbles: true }));
}

async function rename(page: PageHandle, name: string): Promise<void> {
  await page.click('[name="name"]');
  await page.evaluate((typed) => {
    document.querySelector<HTMLInputElement>('[name="name"]')?.select();
    document.execCommand("insertText", false, typed);
  }, name);
  await page.click('[data-action="rename"]');
}
