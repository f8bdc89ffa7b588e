import { parseArgs } from "node:util";

/** A file, and what is asked about it: a JSON value that is a question, as far as it is one. */
export type AskArguments = { readonly file: string; readonly question: object };

export const ASK_USAGE =
  "usage: ask FILE KIND [--root ROOT_ID] [--store ID,...] [--at SEQ] ..., or ask FILE JSON";

const OPTIONS = {
  kinds: { type: "string" },
  count: { type: "string" },
  root: { type: "string" },
  topic: { type: "string" },
  connection: { type: "string" },
  store: { type: "string" },
  name: { type: "string" },
  item: { type: "string" },
  path: { type: "string" },
  text: { type: "string" },
  regex: { type: "string" },
  at: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
} as const;

type Given = { readonly [Name in keyof typeof OPTIONS]?: string };

/** Reads the command line of `ask`. A string says what is wrong with it. */
export function parseAskArguments(args: readonly string[]): AskArguments | string {
  const read = readArguments(args);
  if (typeof read === "string") return read;
  const [file, kind, ...more] = read.positionals;
  if (file === undefined || kind === undefined || more.length > 0) {
    return `a file and one question are needed; ${ASK_USAGE}`;
  }
  if (kind.startsWith("{")) return readJson(file, kind);
  const { at, from, to, name } = read.values;
  const question = {
    kind: isVersion(from) ? (BETWEEN_VERSIONS.get(kind) ?? kind) : kind,
    ...given("root", rootOf(read.values)),
    ...given("kinds", read.values.kinds?.split(",")),
    ...given("count", numberOf(read.values.count)),
    ...given("seq", numberOf(at)),
    ...rangeOf(from, to),
    ...given("query", queryOf(read.values)),
    ...given("name", name),
    // A timeline is of all stores where none is named; every other question then means the outermost one.
    ...(kind === "timeline" ? timelineOf(read.values) : { store_id: storeOf(read.values) }),
    target: targetOf(read.values),
  };
  return { file, question };
}

function readArguments(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return `${error.message.split(". ")[0]}; ${ASK_USAGE}`;
  }
}

function readJson(file: string, text: string): AskArguments | string {
  try {
    return { file, question: JSON.parse(text) };
  } catch (error) {
    return `the question is not JSON: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Nothing where there is no value, so that the question does not name it either. */
function given(name: string, value: unknown): object {
  return value === undefined ? {} : { [name]: value };
}

function rootOf({ root, topic, connection }: Given): object | undefined {
  if (root === undefined) return undefined;
  return { root_id: root, ...given("topic", topic), ...given("connection", numberOf(connection)) };
}

/** Ids may hold commas: then they are given as JSON. The outermost store is the one meant where none is named. */
function storeOf({ store = "" }: Given): unknown {
  if (!store.startsWith("[")) return store === "" ? [] : store.split(",");
  try {
    return JSON.parse(store);
  } catch {
    return store;
  }
}

/** What is asked between two versions rather than two events. */
const BETWEEN_VERSIONS: ReadonlyMap<string, string> = new Map([
  ["changes", "changes_between"],
  ["diff", "diff_versions"],
]);

/** A version is `v7`, or `2v7` in the second epoch. */
const VERSION = /^(\d{0,9})v(\d{1,15})$/;

function isVersion(text: string | undefined): text is string {
  return text !== undefined && VERSION.test(text);
}

function rangeOf(from: string | undefined, to: string | undefined): object {
  if (isVersion(from))
    return { from: versionOf(from), ...given("to", to === undefined ? to : versionOf(to)) };
  return { ...given("from_seq", numberOf(from)), ...given("to_seq", numberOf(to)) };
}

function versionOf(text: string): object | string {
  const [, epoch = "", version] = VERSION.exec(text) ?? [];
  return version === undefined ? text : { epoch: Number(epoch || 1), version: Number(version) };
}

function timelineOf(values: Given): object {
  const { store, text, regex } = values;
  return {
    ...(store === undefined ? {} : { store_id: storeOf(values) }),
    ...given("text", text),
    ...given("regex", regex),
  };
}

function targetOf(values: Given): object {
  const { name, item, path = "" } = values;
  const store_id = storeOf(values);
  if (item !== undefined) return { what: "stream", store_id, name, item_key: item, path };
  return name === undefined ? { what: "field", store_id, path } : { what: "assign", store_id, name, path };
}

function queryOf({ text, regex }: Given): object | undefined {
  if (regex !== undefined) return { kind: "regex", source: regex };
  return text === undefined ? undefined : { kind: "text", text };
}

/** What is no number stays as it was typed, for the question's own check to name. */
function numberOf(text: string | undefined): number | string | undefined {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : text;
}
