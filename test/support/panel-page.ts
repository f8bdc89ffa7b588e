import { fileURLToPath } from "node:url";
import puppeteer, { type Page } from "puppeteer-core";
import { createServer } from "vite";

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
