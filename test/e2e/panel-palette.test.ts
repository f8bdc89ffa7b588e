import { expect, it } from "vitest";
import { drawn, press, textOf } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

describeInPanelPage("the palette, the search and the keys", (loadPanel) => {
  const load = async (search = "", width = 900) => {
    const page = await loadPanel(search);
    await page.setViewport({ width, height: 520 });
    await page.waitForSelector("[role=treeitem]");
    return page;
  };
  type Page = Awaited<ReturnType<typeof load>>;
  const tab = (page: Page) =>
    page.$eval("[role=tab][aria-selected=true]", (one) => one.getAttribute("data-tab"));
  const hold = async (page: Page, modifier: "Control" | "Alt", key: "k" | "Digit4") => {
    await page.keyboard.down(modifier);
    await press(page, key);
    await page.keyboard.up(modifier);
  };

  it("finds an action by its words, does it, and gives the keyboard back", async () => {
    const page = await load();
    await page.focus(".store-tree[role=tree]");
    await hold(page, "Control", "k");
    await page.waitForSelector("dialog[data-palette=actions]");
    await page.keyboard.type("go time");
    await drawn(page);
    expect(
      await page.$eval("[role=option][aria-selected=true]", (one) => one.getAttribute("data-action-id")),
    ).toBe("view.timeline");
    await press(page, "Enter");
    expect(await tab(page)).toBe("timeline");
    expect(await page.$("dialog[open]")).toBeNull();
  });

  it("closes by Escape, which nobody else hears", async () => {
    const page = await load();
    await page.focus(".store-tree[role=tree]");
    await page.evaluate(() => {
      document.addEventListener("keydown", ({ key }) => {
        document.body.dataset.heard = `${document.body.dataset.heard ?? ""} ${key}`;
      });
    });
    await hold(page, "Control", "k");
    await page.waitForSelector("dialog[data-palette=actions] [data-action=palette-text]:focus");
    await press(page, "Escape");
    expect(await page.$("dialog[open]")).toBeNull();
    expect(await page.$(".store-tree[role=tree]:focus")).not.toBeNull();
    expect(await page.$eval("body", (body) => body.dataset.heard ?? "")).not.toMatch(/Escape|k$/);
  });

  it("goes to a view by two keys, or by one with Alt from a tree, and types in fields", async () => {
    const page = await load();
    await press(page, "g", "f");
    expect(await tab(page)).toBe("frames");
    await press(page, "/");
    await page.waitForSelector("[data-action=filter]:focus");
    await page.keyboard.type("gs");
    expect(await page.$eval("[data-action=filter]", (field) => "value" in field && field.value)).toBe("gs");
    await page.locator("[data-tab=stores]").click();
    await page.focus(".store-tree[role=tree]");
    await hold(page, "Alt", "Digit4");
    expect(await tab(page)).toBe("frames");
  });

  it("searches everything, and leads to what it finds", async () => {
    const page = await load();
    await page.locator("[data-action=search]").click();
    await page.waitForSelector("dialog[data-palette=search]");
    await page.keyboard.type("child");
    await page.waitForSelector("[data-result=store]");
    await page.locator("[data-result=store]").click();
    await page.waitForSelector(".store-tree [aria-selected=true][data-store-id='[\"child\"]']");
  });

  it("shows all keys on one sheet", async () => {
    const page = await load();
    await press(page, "?");
    await page.waitForSelector("dialog[data-palette=keys]");
    expect(await textOf(page, "dialog[data-palette=keys]")).toContain("Go to Timeline");
    await press(page, "g", "f");
    expect(await tab(page)).toBe("stores");
    await press(page, "Escape");
    expect(await page.$("dialog[open]")).toBeNull();
  });

  it.each([400, 640, 900, 1600])(
    "shows the chosen tab, and nothing over anything else, at %i px",
    async (width) => {
      const page = await load("events=20000&past", width);
      for (const name of ["problems", "stores", "connection"]) {
        await page.$eval(`[data-tab=${name}]`, (one) => one instanceof HTMLElement && one.click());
        await drawn(page);
        const boxes = await page.evaluate(() => {
          const list = document.querySelector("[role=tablist]");
          const chosen = list?.querySelector("[aria-selected=true]")?.getBoundingClientRect();
          const room = list?.getBoundingClientRect();
          const parts = [...document.querySelectorAll(".toolbar > *")].map((part) =>
            part.getBoundingClientRect(),
          );
          return {
            isSeen: chosen && room && chosen.left >= room.left - 1 && chosen.right <= room.right + 1,
            overlaps: parts.filter((part, at) =>
              parts.some(
                (other, nth) => nth > at && other.width > 0 && part.width > 0 && other.left < part.right - 1,
              ),
            ).length,
            right: Math.max(...parts.map(({ right }) => right)),
          };
        });
        expect(boxes).toMatchObject({ isSeen: true, overlaps: 0 });
        expect(boxes.right).toBeLessThanOrEqual(width);
      }
    },
  );

  it("lists all views where the tabs have no room", async () => {
    const page = await load("", 400);
    await page.locator("[data-action=more-views]").click();
    await page.waitForSelector("[role=menu]:popover-open [aria-checked=true]:focus");
    await press(page, "End", "Enter");
    expect(await tab(page)).toBe("problems");
  });
});
