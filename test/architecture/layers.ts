/** What the files of one folder may import besides each other. */
export type Layer = {
  /** Under `src`; the deepest folder that matches a file counts. */
  readonly folder: string;
  readonly imports: readonly string[];
  /** Folders of which only types may be imported: they leave no trace in what runs. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
  /** Files outside `src` of which types may be imported. */
  readonly outside?: readonly string[];
  /** Whether Node's own modules may be used: it never runs in a browser. */
  readonly node?: true;
};

/** The import table, the one that the README shows. */
export const LAYERS: readonly Layer[] = [
  { folder: "wire", imports: [] },
  { folder: "engine", imports: ["wire"], types: ["session"] },
  { folder: "session", imports: ["wire"] },
  { folder: "host", imports: ["bridge", "engine", "session", "wire"] },
  { folder: "bridge", imports: [], types: ["wire"] },
  { folder: "tap", imports: ["bridge"] },
  { folder: "content", imports: ["bridge", "wire", "engine"] },
  { folder: "background", imports: ["host", "bridge"] },
  { folder: "devtools", imports: ["bridge"] },
  { folder: "viewer", imports: ["host", "session", "panel"], packages: ["preact", "@preact/signals"] },
  { folder: "direct", imports: ["bridge"], packages: ["phoenix"] },
  { folder: "permission", imports: ["bridge"] },
  {
    folder: "panel",
    imports: ["bridge"],
    types: ["engine", "wire"],
    packages: ["preact", "@preact/signals"],
    // The names of all words that there are.
    outside: ["_locales/en/messages.json"],
  },
  { folder: "server", imports: ["wire", "session"], packages: ["cookie", "ws"], node: true },
  { folder: "client", imports: ["wire", "engine"], packages: ["phoenix"] },
  { folder: "demo/stores", imports: ["server"] },
  { folder: "demo/pages", imports: ["client"], packages: ["phoenix", "preact", "@preact/signals"] },
  {
    folder: "cli",
    imports: ["host", "session", "server", "demo"],
    packages: ["@crxjs/vite-plugin", "puppeteer-core", "terser", "vite", "ws"],
    node: true,
  },
];

/** The files that join everything to the browser: the only ones that know its extension API. */
export const COMPOSITION_ROOTS: readonly string[] = [
  "src/background/background.ts",
  "src/content/content.iife.ts",
  "src/devtools/devtools.ts",
  "src/panel/main.tsx",
  "src/permission/permission.ts",
];

export const EXTENSION_API = "webextension-polyfill";
