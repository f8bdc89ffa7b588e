import { readFileSync } from "node:fs";
import { getuid } from "node:process";
import { type BrowserName, findBrowser } from "../../src/cli/browser/find";
import { runProgram } from "../../src/cli/node-process";
import { NOTHING, type Tally } from "./tally";

/** The browsers that the tests run in: any of the names serves, and the package brings the first. */
export const TESTED = [
  { title: "Chromium", names: ["chromium", "chrome", "edge"], debian: "chromium" },
  { title: "Firefox", names: ["firefox"], debian: "firefox-esr" },
] as const satisfies readonly {
  readonly title: string;
  readonly names: readonly BrowserName[];
  readonly debian: string;
}[];

/**
 * Says which browser the tests will use; where one is missing, installs it on Debian and Ubuntu, if it may, and
 * otherwise says what to install. Counts nothing: the browser tests themselves count what they miss.
 */
export async function installBrowsers(signal: AbortSignal): Promise<Tally> {
  const missing = TESTED.filter(({ names }) => !findBrowser(names));
  if (missing.length > 0 && mayInstall(readOsRelease(), getuid?.())) {
    await apt(["update"], signal);
    for (const { debian } of missing)
      await apt(["install", "--yes", "--no-install-recommends", debian], signal);
  }
  for (const { title, names } of TESTED) {
    const found = findBrowser(names);
    console.log(found ? `${title}: ${found.executable}` : sayMissing(title, names));
  }
  return NOTHING;
}

/** Whether this is Debian, or made of it, and we are root. */
export function mayInstall(osRelease: string, user: number | undefined): boolean {
  return user === 0 && /^ID(_LIKE)?=.*\b(debian|ubuntu)\b/m.test(osRelease);
}

function sayMissing(title: string, names: readonly BrowserName[]): string {
  const variable = title === "Firefox" ? "FIREFOX_BIN" : "CHROME_BIN";
  return `${title} was not found (${names.join(", ")}). Install it, or name its program in ${variable}, to run its tests.`;
}

async function apt(args: readonly string[], signal: AbortSignal): Promise<void> {
  console.log(`apt-get ${args.join(" ")} ...`);
  const { ok, output } = await runProgram("apt-get", args, {
    signal,
    env: { DEBIAN_FRONTEND: "noninteractive" },
  });
  if (!ok) console.log(output);
}

function readOsRelease(): string {
  try {
    return readFileSync("/etc/os-release", "utf8");
  } catch {
    return "";
  }
}
