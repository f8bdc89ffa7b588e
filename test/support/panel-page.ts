import { fileURLToPath } from "node:url";
import puppeteer, { type Page } from "puppeteer-core";
import { createServer } from "vite";
import { afterAll, beforeAll, describe, expect } from "vitest";
import { findBrowser } from "../../src/cli/browser/find";
import { TESTED } from "../run/browser-packages";

/** The panel's harness page in a real browser, without the extension. */
export type PanelPage = {
  /** Loads the harness anew. @param search as `panel-harness.ts` says, `events=400&theme=dark` */
  readonly load: (search: string) => Promise<Page>;
  /** What went wrong in the page so far. */
  readonly errors: readonly string[];
  readonly close: () => Promise<void>;
};

const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export async function openPanelPage(executablePath: string): Promise<PanelPage> {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const server = await createServer({
    ...{ root, configFile: false, logLevel: "error" },
    server: { port: 0, hmr: false },
  });
  await server.listen();
  const browser = await puppeteer.launch({ executablePath, args: FLAGS });
  const page = await browser.newPage();
  const address = new URL("/test/support/panel-harness.html", server.resolvedUrls?.local[0]);
  const errors: string[] = [];
  page.on("pageerror", (error) => errors.push(String(error)));

  return {
    errors,
    async load(search) {
      address.search = search;
      await page.goto(address.href);
      await page.waitForSelector("[role=tab]");
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}

/** Describes what the harness page does in Chromium, where that is installed, and expects no error of it. */
export function describeInPanelPage(title: string, describePanel: (load: PanelPage["load"]) => void): void {
  const [CHROMIUM] = TESTED;
  const found = findBrowser(CHROMIUM.names);
  const reason = `${CHROMIUM.title} is not installed, so the panel's page cannot be tried.`;
  if (!found && process.env.CI === "true") throw new Error(reason);
  if (!found) console.warn(`${reason} Skipped: ${title}`);

  describe.skipIf(!found)(`${title} (Chromium)`, () => {
    let panel: PanelPage | undefined;
    beforeAll(async () => {
      if (found) panel = await openPanelPage(found.executable);
    });
    afterAll(async () => {
      const errors = panel?.errors ?? [];
      await panel?.close();
      expect(errors).toEqual([]);
    });
    describePanel((search) => {
      if (panel === undefined) throw new Error("The panel's page has not been opened.");
      return panel.load(search);
    });
  });
}
