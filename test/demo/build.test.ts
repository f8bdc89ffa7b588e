import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runNode } from "../../src/cli/node-process";
import { inRoot } from "../../src/cli/root";
import { PLACES } from "../../src/demo/pages/shell/places";

describe("the build of the demo", () => {
  let folder = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "musubi-demo-"));
    const vite = inRoot("node_modules/vite/bin/vite.js");
    const args = ["build", "--mode", "demo", "--config", inRoot("vite.config.ts"), "--outDir", folder];
    const built = await runNode([vite, ...args, "--emptyOutDir"], { env: { NODE_ENV: "production" } });
    expect(built.output).toContain("built in");
    expect(built.ok).toBe(true);
  });

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(PLACES.map(({ name, href, title }) => [name, href, title] as const))(
    "has the page %s, and all that it loads",
    (name, href, title) => {
      expect(href).toBe(name === "index" ? "./" : `./${name}.html`);
      const html = readFileSync(join(folder, `${name}.html`), "utf8");
      expect(html).toContain('<html lang="en">');
      expect(html).toContain('<main id="main">');
      expect(html).toMatch(
        name === "index" ? /<title>Musubi demo</ : new RegExp(`<title>${title} · Musubi demo<`),
      );
      const loaded = [...html.matchAll(/ (?:src|href)="\.\/(assets\/[^"]+)"/g)].map(([, path]) => path ?? "");
      expect(loaded.filter((path) => path.endsWith(".js"))).not.toEqual([]);
      expect(loaded.filter((path) => path.endsWith(".css"))).not.toEqual([]);
      for (const path of loaded) expect(existsSync(join(folder, path)), path).toBe(true);
    },
  );
});
