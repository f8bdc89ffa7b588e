import { assertNever } from "../../wire/assert-never";
import { isStrings, type Json } from "../../wire/json";
import { storeKey } from "../content/store-tree";
import type { EntryOf, Exchange, TimelineEntry } from "../fold/timeline-entry";
import type { LensNote, LiveRoot, RootKey } from "../live";

/** Whether a word passes; nothing is no word. */
type WordTest = (word: string | null | undefined) => boolean;

/**
 * Whether one of an entry's words passes: topics, event names, names and ids. None of them ever changes.
 * @param passesRoot the same of a root's own words, which many entries share
 */
export function hasWord(
  entry: TimelineEntry,
  passes: WordTest,
  passesRoot: (root: LiveRoot | null) => boolean,
): boolean {
  if (passes(entry.kind)) return true;
  switch (entry.kind) {
    case "envelope":
    case "command":
    case "reply":
    case "event":
    case "problem":
    case "base":
    case "assigns":
      return passesRoot(entry.root) || hasRootEntryWord(entry, passes);
    case "transport":
      return passes(entry.what) || (entry.code !== null && passes(String(entry.code)));
    case "channel":
    case "mount":
    case "upload":
      return hasLifeWord(entry, passes);
    case "presence":
      return passes(entry.what) || passes(entry.channel.topic);
    case "push":
      return passes(entry.topic) || passes(entry.event);
    case "page":
      return passes(entry.phase);
    case "mark":
      return passes(entry.text);
    case "unknown":
      return passes(entry.what);
    case "heartbeat":
    case "gap":
      return false;
    default:
      return assertNever(entry);
  }
}

type RootEntry = Extract<TimelineEntry, { readonly root: LiveRoot | null }>;

/** Whether a word passes of an entry that concerns a root, but for the root's own. */
function hasRootEntryWord(entry: RootEntry, passes: WordTest): boolean {
  switch (entry.kind) {
    case "envelope":
      return passes(entry.outcome) || passes(entry.channel?.topic) || hasCommandWord(entry.command, passes);
    case "command":
      return passes(entry.command.topic) || hasCommandWord(entry.command, passes);
    case "reply": {
      const { topic, status, error, command } = entry;
      if (passes(topic) || passes(status)) return true;
      return passes(error?.reason) || hasCommandWord(command, passes);
    }
    case "event":
      return passes(entry.event.name) || entry.event.store_id.some((part) => passes(part));
    case "problem":
      return passes(entry.problem.code) || passes(entry.problem.message);
    case "base":
      return passes(entry.topic);
    case "assigns":
      return hasLensWord(entry.note, passes);
    default:
      return assertNever(entry);
  }
}

function hasLifeWord(entry: EntryOf<"channel" | "mount" | "upload">, passes: WordTest): boolean {
  if (passes(entry.what) || passes(entry.topic)) return true;
  if (passes(entry.root_key?.root_id) || passes(entry.refusal?.reason)) return true;
  if (entry.kind === "upload") return passes(entry.name) || passes(entry.store_key);
  return entry.kind === "channel" && passes(entry.channel?.join_ref);
}

function hasLensWord(note: LensNote | null, passes: WordTest): boolean {
  if (note === null) return false;
  const { module, cause, store_id, changed } = note;
  if (passes(module) || passes(cause?.kind) || passes(cause?.name)) return true;
  return store_id.some((part) => passes(part)) || changed.some((key) => passes(key));
}

function hasCommandWord(
  command: { readonly name: Json; readonly store_id: Json } | null,
  passes: WordTest,
): boolean {
  if (command === null) return false;
  const { name, store_id } = command;
  return (
    (typeof name === "string" && passes(name)) ||
    (isStrings(store_id) && store_id.some((part) => passes(part)))
  );
}

/** The root that an entry concerns; null where it is none, or not known by then. */
export function rootKeyOf(entry: TimelineEntry): RootKey | null {
  switch (entry.kind) {
    case "envelope":
    case "command":
    case "reply":
    case "event":
    case "problem":
    case "base":
    case "assigns":
      return entry.root?.key ?? null;
    case "channel":
    case "mount":
    case "upload":
      return entry.root_key;
    case "transport":
    case "presence":
    case "push":
    case "heartbeat":
    case "page":
    case "gap":
    case "mark":
    case "unknown":
      return null;
    default:
      return assertNever(entry);
  }
}

/** The key of the one store that an entry concerns. An envelope may concern many, and has none here. */
export function storeKeyOf(entry: TimelineEntry): string | null {
  switch (entry.kind) {
    case "command":
    case "reply": {
      const store_id = entry.command?.store_id;
      return isStrings(store_id) ? storeKey(store_id) : null;
    }
    case "event":
      return storeKey(entry.event.store_id);
    case "upload":
    case "assigns":
      return entry.store_key;
    default:
      return null;
  }
}

/** The push and its reply of which an entry is one; null where it is neither. */
export function exchangeOf(entry: TimelineEntry): Exchange | null {
  return "exchange" in entry ? entry.exchange : null;
}
