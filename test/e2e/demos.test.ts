import { expect, it } from "vitest";
import { PATIENCE_MS, type PageHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";

/** Waits until the first element that matches shows a text with this in it. */
async function shows(page: PageHandle, selector: string, text: string | RegExp): Promise<void> {
  const read = () =>
    page.evaluate((wanted) => document.querySelector(wanted)?.textContent ?? "(nothing)", selector);
  await expect.poll(read, { timeout: PATIENCE_MS }).toMatch(text);
}

/** Types into a field, as a person who replaces what stands there. */
async function type(page: PageHandle, selector: string, text: string): Promise<void> {
  await page.click(selector);
  const fill = (wanted: string, typed: string): void => {
    document.querySelector<HTMLInputElement>(wanted)?.select();
    document.execCommand("insertText", false, typed);
  };
  await page.evaluate(fill, selector, text);
}

describeInBrowsers("the demo pages", (stage) => {
  it("start with live stores and a way to each of the others", async () => {
    const page = await stage.driver.openPage(stage.demo);
    await shows(page, '[data-root="Demo.CounterStore"] [data-show="status"]', "mounted");
    await shows(page, '[data-root="Demo.TodoStore"] [data-show="status"]', "mounted");
    for (const name of ["poll", "chat", "cart", "upload", "stress"]) {
      await page.click(`.place[href="./${name}.html"]`);
      await shows(page, 'nav a[aria-current="page"]', new RegExp(name, "i"));
      await shows(page, "#connection-status", "connected");
      await shows(page, '[data-show="status"]', "mounted");
      await page.goto(stage.demo);
    }
    await page.close();
  });

  it("poll: shows every window each vote, one root for each poll", async () => {
    const page = await stage.driver.openPage(`${stage.demo}poll.html`);
    const person = inPanel(await page.openPanel());
    const lunch = '[data-root-id="Demo.PollStore:lunch"]';
    await page.click(`${lunch} fieldset:enabled [data-option="o1"]`);
    await shows(page, `${lunch} [data-show="total"]`, "1 vote");
    await person.seesStores("Demo.PollListStore:all", [[]]);
    const options = ["o1", "o2", "o3"].map((id) => ["options", id]);
    await person.seesStores("Demo.PollStore:lunch", [[], ...options]);
    await person.seesStores("Demo.PollStore:editor", [[], ...options]);

    const second = await stage.driver.openPage(`${stage.demo}poll.html`);
    await second.click(`${lunch} fieldset:enabled [data-option="o2"]`);
    await shows(second, `${lunch} [data-show="total"]`, "2 votes");
    await shows(page, `${lunch} [data-show="total"]`, "2 votes");
    await second.close();
    await person.chooseStore("Demo.PollStore:lunch", ["options", "o2"]);
    await person.seesState({ "/votes": "1", "/mine": "false" });
    await page.close();
  });

  it("chat: streams messages, tells who is there, shows push events", async () => {
    const page = await stage.driver.openPage(`${stage.demo}chat.html`);
    const person = inPanel(await page.openPanel());
    await shows(page, '[data-root="Demo.RoomStore"] [data-show="status"]', "mounted");
    await type(page, '[name="name"]', "Ada");
    await page.click('[data-action="rename"]');
    await shows(page, '[data-show="present"]', "Ada(you)");
    await shows(page, '[data-async="profile"][data-status="ok"]', "Ada");
    await type(page, 'fieldset:enabled [name="text"]', "Hello, world");
    await page.click('[data-command="say"]');
    await shows(page, '[data-message="m1"] .message-text', "Hello, world");
    await person.chooseStore("Demo.RoomStore:lobby-Ada", []);
    await person.seesState({ "/name": '"Ada"', "/said": "1" });
    await person.sees("[data-json=state] [data-path='/messages/messages-m1']", "messages-m1");

    await page.click('[data-message="m1"] [data-action="edit"]');
    await type(page, '[data-message="m1"] [name="text"]', "Hello again");
    await page.click('[data-message="m1"] [data-command="edit"]');
    await shows(page, '[data-message="m1"] .message-text', "Hello again");
    await page.click('[data-command="nudge"]');
    await shows(page, ".toast", "You nudged everyone");
    await page.click('[data-message="m1"] [data-command="remove"]');
    await shows(page, ".messages", "Nothing has been said yet");
    await page.close();
  });

  it("cart: has three levels of stores, and says no", async () => {
    const page = await stage.driver.openPage(`${stage.demo}cart.html`);
    const person = inPanel(await page.openPanel());
    const line = (sku: string) => `[data-store-id='["lines","${sku}"]']`;
    await page.click('[data-add="nori"]');
    await shows(page, `${line("nori")} [data-async][data-status="ok"]`, "€2.95");
    await shows(page, `${line("durian")} [data-async][data-status="failed"]`, "no supplier has a price");
    await person.seesStores("Demo.CartStore:main", [
      [],
      ...["rice", "durian", "nori"].flatMap((sku) => [
        ["lines", sku],
        ["lines", sku, "price"],
      ]),
    ]);
    await page.click(`${line("durian")} [data-command="remove"]`);
    await page.click(`${line("rice")} [data-command="more"]`);
    await shows(page, '[data-show="total"]', "€9.75");
    await person.chooseStore("Demo.CartStore:main", ["lines", "rice"]);
    await person.seesState({ "/quantity": "2", "/sum": "680" });

    await page.click('[data-refused="discount"]');
    await shows(page, '#reply-log [data-kind="error"]', "unauthorized");
    await page.click('[data-command="checkout"]');
    await shows(page, '[data-show="order"]', "2 × Rice, 1 × Nori");
    await page.click('[data-refused="checkout"]');
    await shows(page, '#reply-log [data-kind="error"]', "the cart is empty");
    // The page comes back by itself after its stores have crashed.
    await page.click('[data-refused="crash"]');
    await shows(page, line("durian"), "Durian");
    await page.close();
  });

  it("upload: brings files in chunks and past the server, refuses and cancels", async () => {
    const page = await stage.driver.openPage(`${stage.demo}upload.html`);
    const person = inPanel(await page.openPanel());
    const file = (name: string) => `[data-file="${name}"]`;
    await page.click('fieldset:enabled [data-sample="photo.png"]');
    await page.click(`${file("photo.png")} [data-action="cancel"]`);
    await shows(page, file("photo.png"), "cancelled");
    await page.click('[data-sample="poster.png"]');
    await shows(page, file("poster.png"), "file exceeds the maximum size");
    await page.click('[data-upload="photos"] [data-command="store"]');
    await page.click('[name="slow"]');
    await page.click('[data-sample="photo.png"]');
    await shows(page, `${file("photo.png")}[data-status="success"]`, "success");
    await person.chooseStore("Demo.UploadStore:main", []);
    await person.sees("[data-json=state] [data-slot='photos']", "upload, 1 file");
    await page.click('[data-sample="notes.txt"]');
    await shows(page, `${file("notes.txt")}[data-status="success"]`, "success");
    await page.click('[data-upload="photos"] [data-command="store"]');
    await page.click('[data-upload="archive"] [data-command="store"]');
    await shows(page, '[data-show="stored"] li:nth-child(1)', "photo.png640 KB, photos");
    await shows(page, '[data-show="stored"] li:nth-child(2)', "notes.txt240 KB, archive");
    await page.close();
  });

  it("stress: ticks from start to stop, and the panel follows", async () => {
    const page = await stage.driver.openPage(`${stage.demo}stress.html`);
    const person = inPanel(await page.openPanel());
    await page.click('fieldset:enabled [data-command="start"]');
    await shows(page, '[data-show="ticks"]', /^[1-9]/);
    await page.click('[data-command="stop"]');
    await shows(page, '[data-command="start"]', "Start");
    const ticks = await page.evaluate(() => document.querySelector('[data-show="ticks"]')?.textContent ?? "");
    await person.chooseStore("Demo.StressStore:main", []);
    await person.seesState({ "/count": "100", "/running": "false", "/ticks": ticks });
    await person.chooseStore("Demo.StressStore:main", ["stores", "s1"]);
    await page.close();
  });
});
