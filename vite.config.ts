import { fileURLToPath } from "node:url";
import { crx } from "@crxjs/vite-plugin";
import type { Plugin, UserConfig } from "vite";
import { defineConfig } from "vitest/config";
import { type ExtensionTarget, readManifest } from "./src/cli/manifest.ts";
import { packPanel } from "./src/cli/pack-panel.ts";

const rootUrl = new URL(".", import.meta.url);
const root = fileURLToPath(rootUrl);

/** What Chrome 148 and Firefox 142, the oldest that the manifest allows, both run. */
const BROWSERS = ["chrome148", "firefox142"];

/** The panel's components with their children as arguments, which is shorter than as a property. */
const SHORT_JSX = {
  jsx: { runtime: "classic", pragma: "h", pragmaFrag: "Fragment" },
} as const satisfies UserConfig["oxc"];

/** Imports what they then need into components alone: `oxc.jsxInject` brings Preact into workers, too. */
const IMPORT_JSX: Plugin = {
  name: "import-jsx",
  enforce: "pre",
  transform: {
    filter: { id: /\.tsx$/ },
    handler: (code) => ({ code: `import { Fragment, h } from "preact";${code}`, map: null }),
  },
};

/** Files of their own, each for what several of the extension's parts load. */
const SHARED = [
  { name: "preact", test: /node_modules[\\/]@?preact[\\/]/ },
  { name: "bridge", test: /src[\\/]bridge[\\/]/, minShareCount: 3 },
];

/** Each page of the demo is a document of its own. */
const DEMO_PAGES = ["index", "poll", "chat", "cart", "upload", "stress"];

/** `vite build --mode chrome | firefox | demo | bench`; vitest reads its projects from here too. */
export default defineConfig(({ mode }) => {
  switch (mode) {
    case "chrome":
    case "firefox":
      return extension(mode);
    case "demo":
      return demo();
    case "bench":
      return bench();
    default:
      return tests();
  }
});

function extension(target: ExtensionTarget): UserConfig {
  return {
    root,
    publicDir: false,
    plugins: [crx({ manifest: readManifest(target, rootUrl), browser: target }), IMPORT_JSX, packPanel()],
    oxc: SHORT_JSX,
    build: {
      outDir: `dist/${target}`,
      emptyOutDir: true,
      target: BROWSERS,
      // Pages of an extension load from disk: preloading them early gains nothing, and its script would be one more to trust.
      modulePreload: false,
      // The toolbar's icons are files: no browser says that it takes the text of one for its path.
      assetsInlineLimit: 0,
      rolldownOptions: {
        input: {
          panel: "src/panel/panel.html",
          permission: "src/permission/permission.html",
          viewer: "src/viewer/viewer.html",
        },
        output: { codeSplitting: { groups: SHARED } },
      },
    },
  };
}

function demo(): UserConfig {
  return {
    root: fileURLToPath(new URL("src/demo/pages", import.meta.url)),
    publicDir: false,
    // Relative, so that the pages work under any path.
    base: "./",
    build: {
      outDir: fileURLToPath(new URL("dist/demo", import.meta.url)),
      emptyOutDir: true,
      target: BROWSERS,
      rolldownOptions: {
        input: DEMO_PAGES.map((page) =>
          fileURLToPath(new URL(`src/demo/pages/${page}.html`, import.meta.url)),
        ),
      },
    },
  };
}

/** The benches for Node: one file for the engine's, one for the server's. */
function bench(): UserConfig {
  return {
    root,
    publicDir: false,
    build: {
      ssr: true,
      outDir: "dist/bench",
      emptyOutDir: true,
      target: "node20",
      rolldownOptions: {
        input: { main: "test/bench/main.ts", server: "test/bench/server/main.ts" },
        output: { entryFileNames: "[name].js" },
      },
    },
  };
}

function tests() {
  return {
    root,
    test: {
      projects: [
        {
          extends: true as const,
          test: {
            name: "unit",
            include: ["test/**/*.test.{ts,tsx}"],
            exclude: ["test/e2e/**"],
            // A thousand runs of a law take a while on a busy machine, a hundred thousand take hours.
            testTimeout: process.env.LAW_RUNS === undefined ? 120_000 : 0,
            // What is waited for comes; a busy machine may take longer than the one second that is the default.
            expect: { poll: { timeout: 20_000 } },
          },
        },
        {
          extends: true as const,
          test: {
            name: "browser",
            include: ["test/e2e/**/*.test.ts"],
            // One browser at a time: two would fight over the machine, and their timings over each other.
            fileParallelism: false,
            testTimeout: 60_000,
            hookTimeout: 120_000,
          },
        },
      ],
    },
  };
}
