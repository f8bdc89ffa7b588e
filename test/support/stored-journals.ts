import { DATABASE } from "../../src/background/journal-database";
import type { Surface } from "../../src/cli/browser/driver";

/** What the extension's database holds of a tab. */
export type StoredTab = {
  readonly run: string;
  readonly tab: number;
  /** How many sessions of the tab have chunks, and how much text is in these. */
  readonly sessions: number;
  readonly chars: number;
};

/** Reads the database from a panel's document, which is the extension's as the background is. */
export function readStoredTabs(panel: Pick<Surface, "evaluate">): Promise<readonly StoredTab[]> {
  return panel.evaluate(readTabs, DATABASE);
}

/** Puts a tab into the database that a browser of another time could have left there. */
export function leaveStoredTab(panel: Pick<Surface, "evaluate">, run: string): Promise<void> {
  return panel.evaluate(leaveTab, DATABASE, run);
}

/** The number of the tab that a panel looks at. */
export function tabOf(panel: Pick<Surface, "evaluate">): Promise<number> {
  return panel.evaluate(() => chrome.devtools.inspectedWindow.tabId);
}

// The functions below run in the panel's document.

declare const chrome: { readonly devtools: { readonly inspectedWindow: { readonly tabId: number } } };

async function readTabs(name: string): Promise<readonly StoredTab[]> {
  const known = await indexedDB.databases();
  // Opening it would make it.
  if (!known.some((one) => one.name === name)) return [];
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction(["tabs", "chunks"]);
  const keysOf = (store: string) =>
    new Promise<readonly unknown[][]>((resolve) => {
      const request = transaction.objectStore(store).getAllKeys();
      request.onsuccess = () => resolve(request.result.filter(Array.isArray));
    });
  const [tabs, chunks] = [await keysOf("tabs"), await keysOf("chunks")];
  const found = new Map<string, { run: string; tab: number; sessions: Set<unknown>; chars: number }>();
  for (const [run, tab, session] of [...tabs, ...chunks]) {
    const key = JSON.stringify([run, tab]);
    const entry = found.get(key) ?? { run: String(run), tab: Number(tab), sessions: new Set(), chars: 0 };
    found.set(key, entry);
    if (session !== undefined) entry.sessions.add(session);
  }
  // One by one: all of them at once may be more than a message may be.
  await new Promise<void>((resolve) => {
    const request = database.transaction("chunks").objectStore("chunks").openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (cursor === null) return resolve();
      const [run, tab] = Array.isArray(cursor.key) ? cursor.key : [];
      const entry = found.get(JSON.stringify([run, tab]));
      if (entry !== undefined) entry.chars += cursor.value.text.length + (cursor.value.head?.length ?? 0);
      cursor.continue();
    };
  });
  database.close();
  return [...found.values()].map(({ sessions, ...rest }) => ({ ...rest, sessions: sessions.size }));
}

async function leaveTab(name: string, run: string): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const opening = indexedDB.open(name);
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  });
  const transaction = database.transaction(["tabs", "chunks"], "readwrite");
  transaction.objectStore("tabs").put("{}", [run, 1]);
  const chunk = { session: "s", index: 0, first: 1, events: 1, text: "", head: null };
  transaction.objectStore("chunks").put(chunk, [run, 1, "s", 0]);
  await new Promise((resolve) => {
    transaction.oncomplete = resolve;
  });
  database.close();
}
