import { expect, it } from "vitest";
import { permissionPage } from "../../src/bridge/permission-request";
import { siteOf } from "../../src/bridge/site";
import { describeInBrowsers, describeInChromium, describeInFirefox } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { openTalkSite, talkOf, untilTold } from "../support/talk-page";

/** This machine under a name that is not among the local ones. */
const HOST = "127.0.0.2";

describeInChromium("a site that the extension may not run on", (stage) => {
  it("is named in the panel, allowed there with one click, and captured after a reload", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one", HOST));
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.sees("[data-diagnosis=permission][data-stop=not_allowed]", "not allowed on this page");
    await stage.driver.extension.agreeTo(patternOf(site.url("one", HOST)));
    await person.click("[data-stop=not_allowed] [data-action=allow]");
    await person.sees("[data-stop=not_reported]", "Reload the page to watch it");
    await person.click("[data-stop=not_reported] [data-action=reload]");
    await person.sees("[data-stop=plain_channels]", "");
    await untilTold(panel, await talkOf(page));
    await page.close();
    await site.close();
  });
});

// There the panel cannot ask: its button opens this page of the extension, for which the driver has no handle.
describeInFirefox("the page that asks for a site", (stage) => {
  it("allows it with one click, after which the site is captured", async () => {
    const site = await openTalkSite(stage.demo);
    const url = site.url("one", HOST);
    await stage.driver.extension.agreeTo(patternOf(url));
    const question = permissionPage({ site: patternOf(url), tab: null });
    const asking = await stage.driver.openPage(`${stage.driver.extension.origin}${question}`);
    await asking.click("#allow");
    await expect.poll(asking.text).toContain(`Musubi DevTools runs on http://${HOST}`);
    const page = await stage.driver.openPage(url);
    await untilTold(await page.openPanel(), await talkOf(page));
    await page.close();
    await site.close();
  });
});

describeInBrowsers("a site that was allowed", (stage) => {
  it("is captured and listed until it is revoked, and the local ones always are", async () => {
    const site = await openTalkSite(stage.demo);
    const url = site.url("one", HOST);
    const pattern = patternOf(url);
    const page = await stage.driver.openPage(url);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    await person.sees("[data-stop=not_allowed]", HOST);
    await stage.driver.extension.allow(pattern);
    await person.sees("[data-stop=not_reported]", "");
    await page.reload();
    await untilTold(panel, await talkOf(page));

    await person.click("[data-action=settings]");
    await person.sees(`[data-menu] [data-site="${pattern}"]`, HOST);
    await person.click(`[data-menu] [data-site="${pattern}"] [data-action=revoke]`);
    await person.sees("[data-menu] .sites", "No other site has been allowed");
    await person.click("[data-action=settings]");
    await page.reload();
    await talkOf(page);
    // What was captured before is still there, below the word that it is not this page's.
    await person.sees("[data-bar=elsewhere]", `Allow on http://${HOST}`);
    expect(await page.evaluate(isTapped)).toBe(false);

    await page.goto(site.url("one"));
    await untilTold(panel, await talkOf(page));
    expect(await page.evaluate(isTapped)).toBe(true);
    await page.close();
    await site.close();
  });
});

function patternOf(url: string): string {
  const pattern = siteOf(url);
  if (pattern === null) throw new Error(`No extension can run on ${url}.`);
  return pattern;
}

/** Runs in the page. Of a constructor that the tap holds, the name is not in its text. */
function isTapped(): boolean {
  return !Function.prototype.toString.call(WebSocket).includes("WebSocket");
}
