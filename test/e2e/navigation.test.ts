import { createServer } from "node:http";
import { expect, it } from "vitest";
import {
  PATIENCE_MS,
  type PageHandle,
  type PanelHandle,
  until,
  untilLoaded,
} from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { closeServer, portOf } from "../support/servers";

const COUNTER = "Demo.CounterStore:main";
const EMPTY_PAGE = "<!doctype html><title>Elsewhere</title>";

describeInBrowsers("a panel whose page is left", (stage) => {
  it("shows the page that it comes back to, as it goes on", async () => {
    const elsewhere = await serveText(EMPTY_PAGE);
    const page = await stage.driver.openPage(stage.demo);
    const panel = await openCounter(page);
    await page.goto(elsewhere.url);
    await page.evaluate(() => history.back());
    await untilAt(page, stage.demo);
    await page.click('[data-command="increment"]');
    await expect.poll(() => shownCount(page), { timeout: PATIENCE_MS }).toBe("1");

    // A page that comes out of the back-forward cache has a connection more, so the frames tell it best.
    const person = inPanel(panel);
    await person.showTab("frames");
    await person.sees("[data-view=frames] [role=row]", "increment");
    await person.showTab("problems");
    expect(await panel.evaluate(() => document.querySelectorAll("[data-code]").length)).toBe(0);
    await page.close();
    await elsewhere.close();
  });

  it("shows everything again when DevTools was closed meanwhile", async () => {
    const page = await stage.driver.openPage(stage.demo);
    const panel = await openCounter(page);
    await panel.close();
    await page.click('[data-command="increment"]');
    await expect.poll(() => shownCount(page), { timeout: PATIENCE_MS }).toBe("1");

    const again = await openCounter(page);
    await inPanel(again).seesState({ "/count": "1" });
    await page.close();
  });

  it("shows an iframe that is ready before its page, whose scripts are busy", async () => {
    const inner = stage.demo.replace("localhost", "127.0.0.1");
    const busy = "for (const end = performance.now() + 2500; performance.now() < end; );";
    const outer = await serveText(`${EMPTY_PAGE}<iframe src="${inner}"></iframe><script>${busy}</script>`);
    const page = await stage.driver.openPage(stage.demo);
    const panel = await openCounter(page);
    await page.goto(outer.url);

    await inPanel(panel).sees("[role=treeitem][data-kind=connection]", "iframe");
    await inPanel(panel).chooseStore(COUNTER, []);
    await inPanel(panel).seesState({ "/count": "0" });
    await page.close();
    await outer.close();
  });
});

async function openCounter(page: PageHandle): Promise<PanelHandle> {
  const panel = await page.openPanel();
  await inPanel(panel).chooseStore(COUNTER, []);
  return panel;
}

/** A document that is being left cannot be asked. */
async function untilAt(page: PageHandle, url: string): Promise<void> {
  const here = (): Promise<string | null> => page.evaluate(() => location.href).catch(() => null);
  await until(`the page to be at ${url}`, async () => (await here()) === url || undefined);
  await untilLoaded(page);
}

function shownCount(page: PageHandle): Promise<string> {
  return page.evaluate(() => document.querySelector('[data-show="count"]')?.textContent ?? "");
}

/** Serves one page under `localhost`. */
async function serveText(
  html: string,
): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const server = createServer((_, response) => {
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(html);
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  return { url: `http://localhost:${portOf(server)}/`, close: () => closeServer(server) };
}
