import { ICON_LEVELS, type IconLevel } from "../bridge/page-message";

/** What the toolbar says of a tab, in a sentence. It is also where a tab's level is remembered. */
export const ICON_TITLES: { readonly [Level in IconLevel]: string } = {
  none: "Musubi DevTools is not active on this page. Click to see why.",
  waiting: "Musubi DevTools is waiting: this page has not opened a Phoenix socket yet.",
  phoenix: "Musubi DevTools has seen a Phoenix socket on this page.",
  musubi: "Musubi DevTools has seen Musubi on this page: open DevTools and choose the panel Musubi.",
};

/** The paths of an icon, by its size in pixels. */
export type IconPaths = { readonly 16: string; readonly 32: string };

/** The part of the browser's `action` that is used here. */
export type ActionApi = {
  getTitle(details: { tabId: number }): Promise<string>;
  setTitle(details: { tabId: number; title: string }): Promise<void>;
  setIcon(details: { tabId: number; path: { 16: string; 32: string } }): Promise<void>;
};

export type ToolbarIcon = {
  /** A frame of the tab has come so far. The icon shows how far the furthest has, since the tab's last navigation. */
  readonly raise: (tab: number, level: IconLevel) => Promise<void>;
};

/**
 * Keeps nothing but what is under way. The browser takes back a tab's own title and icon when the tab navigates, and it
 * remembers them while the background is dead.
 */
export function createToolbarIcon(
  action: ActionApi,
  paths: { readonly [Level in IconLevel]: IconPaths },
): ToolbarIcon {
  /** What is being done for a tab: a second frame must not read the level before the first has written it. */
  const underWay = new Map<number, Promise<void>>();

  async function raiseNow(tab: number, level: IconLevel): Promise<void> {
    const shown = levelOf(await action.getTitle({ tabId: tab }));
    if (ICON_LEVELS.indexOf(level) <= ICON_LEVELS.indexOf(shown)) return;
    await action.setIcon({ tabId: tab, path: paths[level] });
    await action.setTitle({ tabId: tab, title: ICON_TITLES[level] });
  }

  return {
    raise(tab, level) {
      const before = underWay.get(tab) ?? Promise.resolve();
      const mine = before
        .then(() => raiseNow(tab, level))
        // The tab may be gone by now, and its icon with it.
        .catch(() => undefined)
        .finally(() => {
          if (underWay.get(tab) === mine) underWay.delete(tab);
        });
      underWay.set(tab, mine);
      return mine;
    },
  };
}

function levelOf(title: string): IconLevel {
  return ICON_LEVELS.find((level) => ICON_TITLES[level] === title) ?? "none";
}
