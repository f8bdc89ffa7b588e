import { accessSync, constants } from "node:fs";
import { homedir } from "node:os";
import { posix, win32 } from "node:path";

/** The browsers that the extension runs in, in the order in which they are tried. */
export const BROWSERS = ["chromium", "chrome", "edge", "firefox"] as const;

export type BrowserName = (typeof BROWSERS)[number];

export type FoundBrowser = { readonly name: BrowserName; readonly executable: string };

/** The machine, as far as finding a program goes. */
export type Machine = {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly isExecutable: (path: string) => boolean;
};

/** Variables that name a program, and come before everything else. */
const OVERRIDES: Partial<Record<BrowserName, string>> = { chrome: "CHROME_BIN", firefox: "FIREFOX_BIN" };

const COMMANDS: Record<BrowserName, readonly string[]> = {
  chromium: ["chromium", "chromium-browser"],
  chrome: ["google-chrome-stable", "google-chrome"],
  edge: ["microsoft-edge-stable", "microsoft-edge"],
  firefox: ["firefox", "firefox-esr"],
};

const MAC_APPS: Record<BrowserName, string> = {
  chromium: "Chromium.app/Contents/MacOS/Chromium",
  chrome: "Google Chrome.app/Contents/MacOS/Google Chrome",
  edge: "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  firefox: "Firefox.app/Contents/MacOS/firefox",
};

const WINDOWS_PROGRAMS: Record<BrowserName, string> = {
  chromium: "Chromium\\Application\\chrome.exe",
  chrome: "Google\\Chrome\\Application\\chrome.exe",
  edge: "Microsoft\\Edge\\Application\\msedge.exe",
  firefox: "Mozilla Firefox\\firefox.exe",
};

/** True where `name` is one of `BROWSERS`. */
export function isBrowserName(name: string): name is BrowserName {
  return BROWSERS.some((known) => known === name);
}

/** The first of `names` that is installed: by its variable, at its usual place, or on the `PATH`. */
export function findBrowser(
  names: readonly BrowserName[] = BROWSERS,
  machine: Machine = thisMachine(),
): FoundBrowser | undefined {
  // A variable is somebody's wish: it counts before what merely happens to be installed.
  for (const candidates of [namedPaths, usualPaths]) {
    for (const name of names) {
      const executable = candidates(name, machine).find(machine.isExecutable);
      if (executable) return { name, executable };
    }
  }
  return undefined;
}

function namedPaths(name: BrowserName, { env }: Machine): readonly string[] {
  const variable = OVERRIDES[name];
  const path = variable && env[variable];
  return path ? [path] : [];
}

function usualPaths(name: BrowserName, machine: Machine): readonly string[] {
  const { platform, env, home } = machine;
  switch (platform) {
    case "darwin":
      return ["/Applications", posix.join(home, "Applications")].map((folder) =>
        posix.join(folder, MAC_APPS[name]),
      );
    case "win32":
      return [env.PROGRAMFILES, env["PROGRAMFILES(X86)"], env.LOCALAPPDATA].flatMap((folder) =>
        folder ? [win32.join(folder, WINDOWS_PROGRAMS[name])] : [],
      );
    default: {
      const folders = (env.PATH ?? "").split(posix.delimiter).filter((folder) => folder !== "");
      return COMMANDS[name].flatMap((command) => folders.map((folder) => posix.join(folder, command)));
    }
  }
}

function thisMachine(): Machine {
  return { platform: process.platform, env: process.env, home: homedir(), isExecutable };
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
