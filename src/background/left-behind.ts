import { type Last, LEFT_BEHIND, readLeftBehind } from "../bridge/left-behind";
import type { StorageArea } from "./storage-area";

/** What pages that went have left behind for a background that may not have been there to hear them. */
export type LeftBehind = {
  /** Takes everything that is there, in order, and removes each once it has been taken. Never rejects. */
  readonly collect: () => Promise<void>;
};

/**
 * @param session `storage.session`
 * @param take resolves once what it took would survive a kill, or cannot be stored; it may have taken the same before
 */
export function createLeftBehind(session: StorageArea, take: (last: Last) => Promise<void>): LeftBehind {
  // One after the other: a document's parts must not overtake each other.
  let turn: Promise<void> = Promise.resolve();

  async function collect(): Promise<void> {
    const items = await session.get(null);
    const keys = Object.keys(items).filter((key) => key.startsWith(LEFT_BEHIND));
    for (const key of keys.sort()) {
      const last = readLeftBehind(items[key]);
      if (last !== null) await take(last);
      await session.remove(key);
    }
  }

  return {
    collect() {
      turn = turn.then(collect).catch(() => undefined);
      return turn;
    },
  };
}

/**
 * Lets content scripts, which no page can reach, put things into `storage.session`. Firefox lets none in, and needs it
 * not: there a message outlives its page.
 */
export async function admitPages(session: object): Promise<void> {
  if (!("setAccessLevel" in session) || typeof session.setAccessLevel !== "function") return;
  await session.setAccessLevel({ accessLevel: "TRUSTED_AND_UNTRUSTED_CONTEXTS" });
}
