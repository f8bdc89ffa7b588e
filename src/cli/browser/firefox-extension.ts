import type { Bidi } from "./bidi";
import { type ExtensionHandle, until } from "./driver";

/** The add-on `id` in the Firefox whose own window is the BiDi context `chrome`. */
export function firefoxExtension(bidi: Bidi, chrome: string, id: string, origin: string): ExtensionHandle {
  const run = (body: string): Promise<string | undefined> => bidi.evaluate(chrome, inWindow(id, body));
  const state = () => run("return extension.backgroundState;");
  return {
    origin,
    isBackgroundRunning: async () => (await state()) === "running",
    killBackground: async () => {
      if ((await state()) !== "running") {
        throw new Error("The extension's event page is not running, so it cannot be killed.");
      }
      await run(TERMINATE);
    },
    reload: async () => {
      await run(RELOAD);
      await until("the extension to be back", async () => (await state()) === "running" || undefined);
    },
    agreeTo: async () => void (await run(AGREE_TO_ALL)),
    allow: async (site) => void (await run(changePermissions("add", { permissions: [], origins: [site] }))),
    revoke: async (site) =>
      void (await run(changePermissions("remove", { permissions: [], origins: [site] }))),
  };
}

/** Allows the extension in private windows, which reloads it. */
export async function allowInPrivate(bidi: Bidi, chrome: string, id: string): Promise<void> {
  const allowed = { permissions: ["internal:privateBrowsingAllowed"], origins: [] };
  await bidi.evaluate(chrome, inWindow(id, changePermissions("add", allowed) + RELOAD));
}

/** Gives, as text, what the extension's icon says for the tab with this number. */
export function readIconTitle(browserId: string, id: string): string {
  return inWindow(
    id,
    `const { ExtensionParent } = ChromeUtils.importESModule("resource://gre/modules/ExtensionParent.sys.mjs");
    const tab = gBrowser.tabs.find((tab) => tab.linkedBrowser.browserId === ${browserId});
    return ExtensionParent.apiManager.global.browserActionFor(extension).action.getProperty(tab, "title");`,
  );
}

/** Text, as that of the toolbox: it speaks to objects that only Firefox's own window has. */
function inWindow(id: string, body: string): string {
  return `(async () => {
    const id = ${JSON.stringify(id)};
    const { extension } = WebExtensionPolicy.getByID(id);
    ${body}
  })()`;
}

/** As when it was idle: open DevTools or a call that is being answered does not keep it. */
const TERMINATE =
  "await extension.terminateBackground({ ignoreDevToolsAttached: true, disableResetIdleForTest: true });";

const RELOAD = `
  const { AddonManager } = ChromeUtils.importESModule("resource://gre/modules/AddonManager.sys.mjs");
  await (await AddonManager.getAddonByID(id)).reload();
`;

/** Firefox then grants whatever an extension asks for in a click. */
const AGREE_TO_ALL = `Services.prefs.setBoolPref("extensions.webextOptionalPermissionPrompts", false);`;

type Permissions = { readonly permissions: readonly string[]; readonly origins: readonly string[] };

function changePermissions(change: "add" | "remove", permissions: Permissions): string {
  return `
    const { ExtensionPermissions } = ChromeUtils.importESModule("resource://gre/modules/ExtensionPermissions.sys.mjs");
    await ExtensionPermissions.${change}(id, ${JSON.stringify({ ...permissions, data_collection: [] })}, extension);
  `;
}
