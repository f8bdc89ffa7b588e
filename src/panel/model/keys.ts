import type { Action, Actions } from "./actions";
import type { Delay } from "./schedule";

/** What of a keyboard event is looked at. */
export type KeyPress = Pick<KeyboardEvent, "key" | "code" | "ctrlKey" | "metaKey" | "altKey" | "shiftKey">;

/**
 * What has the keyboard, and so which keys are its own: a `field` takes what is typed, a `list` (a tree, too) letters
 * to search by and keys to move by, a `control` the keys that press or move it.
 */
export type Focus = "field" | "list" | "control" | "none";

/** Finds the action whose keys are pressed, one after the other. */
export type Keys = {
  /** Runs what the key completes. True: the key is taken, and nobody else's. */
  readonly press: (press: KeyPress, focus: Focus) => boolean;
};

export type KeysOptions = {
  readonly actions: Actions;
  readonly isMac: boolean;
  readonly delay: Delay;
};

/** How long the first key of two waits for the second. */
const SEQUENCE_MS = 1_500;

export function createKeys({ actions, isMac, delay }: KeysOptions): Keys {
  let pending: readonly string[] = [];
  let cancel: (() => void) | null = null;

  function wait(chords: readonly string[]): void {
    cancel?.();
    pending = chords;
    cancel = chords.length === 0 ? null : delay(() => wait([]), SEQUENCE_MS);
  }

  function take(chords: readonly string[]): boolean {
    const found = findActions(actions.all.peek(), chords);
    if (found.whole !== undefined) {
      wait([]);
      found.whole.run();
      return true;
    }
    wait(found.isBegun ? chords : []);
    return found.isBegun;
  }

  return {
    press(press, focus) {
      const chord = readChord(press, isMac);
      if (chord === null) return false;
      const isOurs = isFree(chord, focus);
      // What is typed into a field is its text, whatever was begun before.
      if (focus === "field" && !isOurs) wait([]);
      if (pending.length > 0 && take([...pending, chord])) return true;
      return isOurs && take([chord]);
    },
  };
}

type Found = { readonly whole: Action | undefined; readonly isBegun: boolean };

function findActions(all: readonly Action[], chords: readonly string[]): Found {
  const pressed = chords.join(" ");
  const possible = all.filter((action) => action.isPossible());
  const has = (accepts: (keys: string) => boolean) => (action: Action) =>
    action.keys.some((keys) => accepts(parseKeys(keys).join(" ")));
  return {
    whole: possible.find(has((keys) => keys === pressed)),
    isBegun: possible.some(has((keys) => keys.startsWith(`${pressed} `))),
  };
}

/** The chords of an action's keys, each written in the one way that `readChord` writes it. */
export function parseKeys(keys: string): readonly string[] {
  return keys.split(" ").map((chord) => {
    const parts = chord.split(/\+(?=.)/);
    return writeChord(parts.at(-1) ?? "", new Set(parts.slice(0, -1)));
  });
}

const MODIFIERS = ["Mod", "Ctrl", "Meta", "Alt", "Shift"] as const;

/** The keys that are held together, such as `Mod+Shift+P`; null: only modifiers so far. */
export function readChord(press: KeyPress, isMac: boolean): string | null {
  const { key, code, ctrlKey, metaKey, altKey, shiftKey } = press;
  if (["Control", "Shift", "Alt", "AltGraph", "Meta", "Dead", "Process"].includes(key)) return null;
  const held = new Set<string>();
  if (isMac ? metaKey : ctrlKey) held.add("Mod");
  if (isMac && ctrlKey) held.add("Ctrl");
  if (!isMac && metaKey) held.add("Meta");
  if (altKey) held.add("Alt");
  if (shiftKey) held.add("Shift");
  // Held with Alt, a Mac's digits type other characters.
  const digit = altKey ? /^Digit(\d)$/.exec(code)?.[1] : undefined;
  return writeChord(digit ?? key, held);
}

function writeChord(key: string, held: ReadonlySet<string>): string {
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  // Where Shift makes another character of a key, that character says it.
  const isSilent = name.length === 1 && !/[A-Z0-9]/.test(name);
  const modifiers = MODIFIERS.filter((modifier) => held.has(modifier) && !(modifier === "Shift" && isSilent));
  return [...modifiers, name].join("+");
}

const MOVING = /^(Shift\+)?(Arrow|Home$|End$|Page|Enter$|Space$|Tab$|Backspace$|Delete$|Escape$)/;
const PRESSING = /^(Shift\+)?(Arrow|Enter$|Space$|Home$|End$|Page|Tab$)/;
const TYPED = /^(Shift\+)?[A-Z0-9]$/;

/** Whether a key is not what has the keyboard takes for itself. */
function isFree(chord: string, focus: Focus): boolean {
  if (chord.includes("Mod+")) return true;
  switch (focus) {
    case "field":
      return false;
    case "list":
      return !MOVING.test(chord) && !TYPED.test(chord);
    case "control":
      return !PRESSING.test(chord);
    case "none":
      return chord !== "Tab" && chord !== "Shift+Tab";
  }
}

/** An action's keys for a person: `Ctrl+K`, on a Mac `⌘K`; chords that follow one another apart. */
export function writeKeys(keys: string, isMac: boolean): readonly string[] {
  return keys.split(" ").map((chord) => {
    const parts = chord.split(/\+(?=.)/).map((part) => nameOf(part, isMac));
    return parts.join(isMac ? "" : "+");
  });
}

const MAC_NAMES: ReadonlyMap<string, string> = new Map([
  ["Mod", "⌘"],
  ["Alt", "⌥"],
  ["Shift", "⇧"],
]);

const NAMES: ReadonlyMap<string, string> = new Map([
  ["Mod", "Ctrl"],
  ["ArrowLeft", "←"],
  ["ArrowRight", "→"],
  ["ArrowUp", "↑"],
  ["ArrowDown", "↓"],
  ["Escape", "Esc"],
]);

function nameOf(part: string, isMac: boolean): string {
  return (isMac ? MAC_NAMES.get(part) : undefined) ?? NAMES.get(part) ?? part;
}
