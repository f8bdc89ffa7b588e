import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Bidi, connectBidi } from "./bidi";
import { type BrowserDriver, DEFAULT_SIZE, type LaunchOptions, PATIENCE_MS } from "./driver";
import { collectConsoles } from "./firefox-console";
import { allowInPrivate, firefoxExtension } from "./firefox-extension";
import { openFirefoxPage, openPrivateFirefoxPage } from "./firefox-page";
import { textAt } from "./outside-value";

/** The extension's own address in Firefox, which would otherwise be drawn anew for each profile. */
const EXTENSION_UUID = "6d757375-6269-4de7-8700-6c7370616e65";

const PREFS: Readonly<Record<string, string | boolean | number>> = {
  "datareporting.policy.dataSubmissionEnabled": false,
  "app.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.aboutwelcome.enabled": false,
  "browser.tabs.warnOnClose": false,
  "devtools.toolbox.footer.height": 450,
};

/** Firefox's options: those of every browser, and prefs for one profile. */
export type FirefoxOptions = LaunchOptions & {
  readonly prefs?: Readonly<Record<string, string | boolean | number>>;
};

/** Starts Firefox with a profile of its own and the extension in it, as a temporary add-on. */
export async function launchFirefox(options: FirefoxOptions): Promise<BrowserDriver> {
  const profile = await mkdtemp(join(tmpdir(), "musubi-firefox-"));
  const id = await extensionId(options.extension);
  await writeFile(join(profile, "user.js"), userPrefs(id, options.prefs ?? {}));
  const firefox = spawnFirefox(options, profile);
  // A Firefox that outlives its launcher would hold the profile and the debugging port for ever.
  const kill = (): void => void firefox.kill("SIGKILL");
  process.once("exit", kill);
  const clean = async (): Promise<void> => {
    process.off("exit", kill);
    await ended(firefox);
    await rm(profile, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  try {
    const bidi = await connectBidi(await listeningAddress(firefox));
    await bidi.call("webExtension.install", { extensionData: { type: "path", path: options.extension } });
    return await driverOf(bidi, id, firefox, clean);
  } catch (error) {
    kill();
    await clean();
    throw error;
  }
}

async function driverOf(
  bidi: Bidi,
  extensionId: string,
  firefox: ChildProcess,
  clean: () => Promise<void>,
): Promise<BrowserDriver> {
  const windows = await bidi.call("browsingContext.getTree", { "moz:scope": "chrome" });
  const chrome = textAt(windows, "contexts", 0, "context");
  const place = { bidi, chrome, extensionId, consoles: await collectConsoles(bidi) };
  let closing: Promise<void> | undefined;
  let allowed: Promise<void> | undefined;
  return {
    extension: firefoxExtension(bidi, chrome, extensionId, `moz-extension://${EXTENSION_UUID}`),
    openPage: (url) => openFirefoxPage(place, url),
    openPrivatePage: async (url) => {
      allowed ??= allowInPrivate(bidi, chrome, extensionId);
      await allowed;
      return openPrivateFirefoxPage(place, url);
    },
    onClose: (listener) => {
      firefox.once("exit", listener);
      return () => firefox.off("exit", listener);
    },
    close: () => {
      closing ??= bidi
        .call("browser.close")
        .catch(() => undefined)
        .then(clean);
      return closing;
    },
  };
}

/** The add-on's id, which the built manifest states. */
async function extensionId(extension: string): Promise<string> {
  const manifest: unknown = JSON.parse(await readFile(join(extension, "manifest.json"), "utf8"));
  return textAt(manifest, "browser_specific_settings", "gecko", "id");
}

function userPrefs(id: string, extra: FirefoxOptions["prefs"]): string {
  const all = {
    ...PREFS,
    "extensions.webextensions.uuids": JSON.stringify({ [id]: EXTENSION_UUID }),
    ...extra,
  };
  return Object.entries(all)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join("");
}

function spawnFirefox({ executable, headless, size }: LaunchOptions, profile: string): ChildProcess {
  const { width, height } = size ?? DEFAULT_SIZE;
  const args = [
    ...(headless ? ["--headless"] : []),
    "--no-remote",
    "--profile",
    profile,
    `--width=${width}`,
    `--height=${height}`,
    // Port 0: any free one. System access opens the browser's own window to us, in which the toolbox is.
    "--remote-debugging-port=0",
    "--remote-allow-system-access",
  ];
  const env = { ...process.env, MOZ_HEADLESS_WIDTH: String(width), MOZ_HEADLESS_HEIGHT: String(height) };
  return spawn(executable, args, { env, stdio: ["ignore", "ignore", "pipe"] });
}

/** Waits for the line in which Firefox says where it listens. */
async function listeningAddress(firefox: ChildProcess): Promise<string> {
  const said: string[] = [];
  return new Promise((resolve, reject) => {
    const fail = (reason: string): void =>
      reject(new Error([`Firefox did not start: ${reason}`, ...said].join("\n")));
    const timer = setTimeout(() => fail(`it said nothing for ${PATIENCE_MS / 1000} s.`), PATIENCE_MS);
    firefox.once("error", (error) => fail(error.message));
    firefox.once("exit", (code) => fail(`it ended with status ${code}.`));
    if (!firefox.stderr) return;
    createInterface({ input: firefox.stderr }).on("line", (line) => {
      const address = /WebDriver BiDi listening on (\S+)/.exec(line)?.[1];
      if (address === undefined) return void said.push(line);
      clearTimeout(timer);
      resolve(address);
    });
  });
}

const ENDING_MS = 5000;

/** Waits until the process has gone, and makes it go if it does not by itself. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return;
  const timer = setTimeout(() => child.kill("SIGKILL"), ENDING_MS);
  await once(child, "exit");
  clearTimeout(timer);
}
