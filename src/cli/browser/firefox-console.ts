import type { Bidi } from "./bidi";
import type { ConsoleEntry } from "./driver";
import { at, textAt } from "./outside-value";

/** What consoles show, tab by tab. */
export type FirefoxConsoles = {
  /** What the console of a tab has shown so far and will show, its iframes' included. */
  readonly of: (context: string) => readonly ConsoleEntry[];
};

/** Listens to all consoles of the browser from now on. */
export async function collectConsoles(bidi: Bidi): Promise<FirefoxConsoles> {
  const entries = new Map<string, ConsoleEntry[]>();
  const parents = new Map<string, string>();
  const of = (context: string): ConsoleEntry[] => {
    const known = entries.get(context) ?? [];
    entries.set(context, known);
    return known;
  };
  const tabOf = (context: string): string => {
    const parent = parents.get(context);
    return parent === undefined ? context : tabOf(parent);
  };
  bidi.on("browsingContext.contextCreated", (params) => {
    const parent = at(params, "parent");
    if (typeof parent === "string") parents.set(textAt(params, "context"), parent);
  });
  bidi.on("log.entryAdded", (params) => {
    const context = at(params, "source", "context");
    if (typeof context !== "string") return;
    of(tabOf(context)).push({ level: textAt(params, "level"), text: String(at(params, "text")) });
  });
  await bidi.call("session.subscribe", { events: ["browsingContext.contextCreated", "log.entryAdded"] });
  return { of };
}
