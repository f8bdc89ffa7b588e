import { expect } from "vitest";
import { PATIENCE_MS, type PanelHandle } from "../../src/cli/browser/driver";
import type { ViewName } from "../../src/panel/model/view-name";

/** What a person does and sees in the panel, in words. It reads what is on the screen, by the panel's own hooks. */
export type PanelWords = {
  /** Chooses a store in the tree; the root itself has the store id `[]`. */
  readonly chooseStore: (rootId: string, storeId: readonly string[]) => Promise<void>;
  readonly showTab: (tab: ViewName) => Promise<void>;
  /** Clicks a row, an option or an item, until it is the chosen one. */
  readonly choose: (selector: string) => Promise<void>;
  /** Waits until the chosen store's state shows these values, as text, under these pointers. */
  readonly seesState: (values: Readonly<Record<string, string>>) => Promise<void>;
  /** Waits until these stores, and no others, stand in the tree under the root. */
  readonly seesStores: (rootId: string, storeIds: readonly (readonly string[])[]) => Promise<void>;
  /** Waits until some element that matches shows `text` in it. */
  readonly sees: (selector: string, text: string) => Promise<void>;
  readonly click: (selector: string) => Promise<void>;
  /** Types into a field, as a person who replaces what stands there. */
  readonly type: (selector: string, text: string) => Promise<void>;
};

export function inPanel(panel: PanelHandle): PanelWords {
  const eventually = async <Value>(read: () => Promise<Value>, expected: unknown): Promise<void> => {
    await expect.poll(read, { timeout: PATIENCE_MS, interval: 100 }).toEqual(expected);
  };

  const showTab: PanelWords["showTab"] = (tab) => select(panel, `[role="tab"][data-tab="${tab}"]`);

  return {
    async chooseStore(rootId, storeId) {
      // The panel opens on the view that was shown last.
      await showTab("stores");
      const store = `[data-root-id=${quote(rootId)}][data-store-id=${quote(JSON.stringify(storeId))}]`;
      await select(panel, `[role="treeitem"]${store}`);
    },
    showTab,
    choose: (selector) => select(panel, selector),
    seesState(values) {
      const paths = Object.keys(values);
      return eventually(() => panel.evaluate(readState, paths), values);
    },
    seesStores(rootId, storeIds) {
      return eventually(() => panel.evaluate(readStoreIds, rootId), storeIds.map(storeKey));
    },
    sees(selector, text) {
      return eventually(() => panel.evaluate(readTexts, selector), {
        asymmetricMatch: (texts: readonly string[]) => texts.some((found) => found.includes(text)),
        toString: () => `${selector} with "${text}"`,
      });
    },
    click: (selector) => panel.click(selector),
    async type(selector, text) {
      await panel.click(selector);
      await panel.evaluate(typeInto, selector, text);
    },
  };
}

/** Clicks until it is selected: while DevTools is still finding its size, a click can land beside its target. */
async function select(panel: PanelHandle, selector: string): Promise<void> {
  const clickAndRead = async (): Promise<boolean> => {
    await panel.click(selector);
    return panel.evaluate(isSelected, selector);
  };
  await expect.poll(clickAndRead, { timeout: PATIENCE_MS, interval: 200 }).toBe(true);
}

function storeKey(storeId: readonly string[]): string {
  return JSON.stringify(storeId);
}

function quote(text: string): string {
  return `'${text.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}'`;
}

// The functions below run in the panel.

function readState(paths: readonly string[]): Record<string, string | null> {
  const lines = [...document.querySelectorAll("[data-json=state] [data-path]")];
  const read = (path: string): string | null =>
    lines.find((line) => line.getAttribute("data-path") === path)?.querySelector("[data-value]")
      ?.textContent ?? null;
  return Object.fromEntries(paths.map((path) => [path, read(path)]));
}

function readStoreIds(rootId: string): readonly (string | null)[] {
  return [...document.querySelectorAll("[role=treeitem][data-store-id]")]
    .filter((item) => item.getAttribute("data-root-id") === rootId)
    .map((item) => item.getAttribute("data-store-id"));
}

function readTexts(selector: string): readonly string[] {
  return [...document.querySelectorAll(selector)].map((element) => element.textContent ?? "");
}

function isSelected(selector: string): boolean {
  return document.querySelector(selector)?.getAttribute("aria-selected") === "true";
}

function typeInto(selector: string, text: string): void {
  const field = document.querySelector<HTMLInputElement>(selector);
  if (field === null) throw new Error(`There is no field ${selector}.`);
  field.focus();
  field.select();
  // Types as the browser's own editing does, so that the panel gets the events that a person's typing gives.
  document.execCommand("insertText", false, text);
}
