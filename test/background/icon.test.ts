import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { type ActionApi, createToolbarIcon, ICON_TITLES } from "../../src/background/icon";
import { ICON_LEVELS, type IconLevel } from "../../src/bridge/page-message";

const manifest = JSON.parse(readFileSync(new URL("../../manifest.json", import.meta.url), "utf8"));

describe("the toolbar's icon", () => {
  it("says by default what it says of a page without a tap", () => {
    expect(manifest.action.default_title).toBe(ICON_TITLES.none);
    expect(manifest.action.default_icon).toEqual({
      16: "src/icons/none-16.png",
      32: "src/icons/none-32.png",
    });
  });

  it("has a sentence of its own for each level", () => {
    expect(new Set(Object.values(ICON_TITLES)).size).toBe(ICON_LEVELS.length);
  });

  it("follows a tab's page, title and picture", async () => {
    const { icon, shown } = open();
    await icon.raise(1, "waiting");
    expect(shown(1)).toEqual({ title: ICON_TITLES.waiting, picture: "waiting-16" });
    await icon.raise(1, "musubi");
    expect(shown(1)).toEqual({ title: ICON_TITLES.musubi, picture: "musubi-16" });
    expect(shown(2)).toEqual({ title: ICON_TITLES.none, picture: undefined });
  });

  it("shows the frame that has come furthest, whichever reports last", async () => {
    const { icon, shown } = open();
    await icon.raise(1, "phoenix");
    await icon.raise(1, "none");
    await icon.raise(1, "waiting");
    expect(shown(1).title).toBe(ICON_TITLES.phoenix);
  });

  it("is not drawn again for what it shows already", async () => {
    const { icon, drawn } = open();
    await icon.raise(1, "phoenix");
    await icon.raise(1, "phoenix");
    expect(drawn()).toBe(1);
  });

  it("is not mistaken when frames report at once", async () => {
    const { icon, shown } = open();
    await Promise.all([icon.raise(1, "musubi"), icon.raise(1, "waiting"), icon.raise(1, "phoenix")]);
    expect(shown(1)).toEqual({ title: ICON_TITLES.musubi, picture: "musubi-16" });
  });

  it("remembers a tab's level while the background is dead, and starts over on a new page", async () => {
    const { icon, again, navigate, shown } = open();
    await icon.raise(1, "musubi");
    await again().raise(1, "waiting");
    expect(shown(1).title).toBe(ICON_TITLES.musubi);
    navigate(1);
    await again().raise(1, "waiting");
    expect(shown(1).title).toBe(ICON_TITLES.waiting);
  });

  it("leaves a tab alone that is gone", async () => {
    const { icon, shown } = open();
    await expect(icon.raise(GONE, "phoenix")).resolves.toBeUndefined();
    expect(shown(GONE).picture).toBeUndefined();
  });
});

const GONE = 404;

/** The browser's part: what is set for a tab lasts until the tab navigates. */
function open() {
  const titles = new Map<number, string>();
  const pictures = new Map<number, string>();
  let drawn = 0;
  const check = (tabId: number): void => {
    if (tabId === GONE) throw new Error(`No tab with id: ${tabId}.`);
  };
  const action: ActionApi = {
    async getTitle({ tabId }) {
      check(tabId);
      return titles.get(tabId) ?? manifest.action.default_title;
    },
    async setTitle({ tabId, title }) {
      check(tabId);
      titles.set(tabId, title);
    },
    async setIcon({ tabId, path }) {
      check(tabId);
      drawn++;
      pictures.set(tabId, path[16]);
    },
  };
  const pathsOf = (level: IconLevel) => ({ 16: `${level}-16`, 32: `${level}-32` });
  const paths = {
    none: pathsOf("none"),
    waiting: pathsOf("waiting"),
    phoenix: pathsOf("phoenix"),
    musubi: pathsOf("musubi"),
  };
  return {
    icon: createToolbarIcon(action, paths),
    /** The icon of a background that was killed and started again. */
    again: () => createToolbarIcon(action, paths),
    navigate(tab: number) {
      titles.delete(tab);
      pictures.delete(tab);
    },
    drawn: () => drawn,
    shown: (tab: number) => ({
      title: titles.get(tab) ?? manifest.action.default_title,
      picture: pictures.get(tab),
    }),
  };
}
