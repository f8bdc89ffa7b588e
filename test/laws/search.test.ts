import fc from "fast-check";
import { expect, it } from "vitest";
import { type SearchHit, searchContent } from "../../src/engine/ask/search";
import type { TextQuery } from "../../src/engine/ask/text-match";
import type { Content } from "../../src/engine/content/draft";
import { readSession } from "../../src/session/reader";
import type { Json } from "../../src/wire/json";
import { formatPointer } from "../../src/wire/json-pointer";
import { lawRuns } from "../support/law-runs";
import { watchRoots } from "../support/naive-ask";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;
const ID = "__musubi_store_id__";

type Found = Omit<SearchHit, "preview">;
type Scope = Pick<SearchHit, "area" | "store_id" | "name" | "item_key">;

/** Every key and value of a content that a test passes, by plain recursion. */
function naiveSearch(content: Content, passes: (text: string) => boolean): readonly Found[] {
  const found: Found[] = [];
  const note = (scope: Scope, path: readonly string[], kind: "key" | "value", text: string): void => {
    if (passes(text)) found.push({ ...scope, path: formatPointer(path), kind });
  };
  const visit = (scope: Scope, path: readonly string[], value: Json): void => {
    if (typeof value !== "object" || value === null) {
      note(scope, path, "value", typeof value === "string" ? value : JSON.stringify(value));
    } else if (Array.isArray(value)) {
      for (const [at, item] of value.entries()) visit(scope, [...path, String(at)], item);
    } else {
      const id = Object.hasOwn(value, ID) && scope.area === "state" ? Reflect.get(value, ID) : null;
      const isStore = Array.isArray(id) && id.every((part) => typeof part === "string");
      for (const [key, field] of Object.entries(value)) {
        const [inner, way] = isStore ? [{ ...scope, store_id: id }, [key]] : [scope, [...path, key]];
        note(inner, way, "key", key);
        visit(inner, way, field);
      }
    }
  };
  const none = { store_id: null, name: null, item_key: null };
  visit({ area: "state", ...none }, [], content.state);
  for (const area of ["streams", "uploads", "assigns"] as const) {
    for (const [store, table] of Object.entries(Object(content[area]))) {
      const scope = { area, ...none, store_id: JSON.parse(store) };
      if (area === "assigns") {
        visit(scope, [], JSON.parse(JSON.stringify(table)));
        continue;
      }
      for (const [name, slot] of Object.entries(Object(table))) {
        note({ ...scope, name }, [], "key", name);
        if (area === "uploads") visit({ ...scope, name }, [], JSON.parse(JSON.stringify(slot)));
        else {
          for (const { item_key, item } of JSON.parse(JSON.stringify(slot))) {
            note({ ...scope, name, item_key }, [], "key", item_key);
            visit({ ...scope, name, item_key }, [], item);
          }
        }
      }
    }
  }
  return found;
}

function hits(content: Content, query: TextQuery): readonly Found[] {
  const result = searchContent(content, query, Number.MAX_SAFE_INTEGER);
  if (!result.ok) throw new Error(result.failure.message);
  expect(result.value.more).toBe(false);
  return result.value.hits.map(({ preview: _, ...rest }) => rest);
}

it(
  "a search finds what a plain walk finds, in its order (seed 39)",
  () => {
    const text = fc.constantFrom("A", "k1", "musubi", "true", "2.5", "~", "/", "Pending", "nothing", "proto");
    const source = fc.constantFrom("^a$", "k[12]", ".", "^$", "\\d", "x|n");
    const query = fc.oneof(
      text.map((one): TextQuery => ({ kind: "text", text: one })),
      source.map((one): TextQuery => ({ kind: "regex", source: one })),
    );
    fc.assert(
      fc.property(sessions, query, fc.nat(), (events, asked, moment) => {
        const passes = (one: string): boolean =>
          asked.kind === "regex"
            ? new RegExp(asked.source).test(one)
            : one.toLowerCase().includes(asked.text.toLowerCase());
        for (const { contents } of watchRoots(events)) {
          const content = contents[moment % contents.length];
          if (content === undefined) throw new Error("There is no such place.");
          expect(hits(content, asked)).toEqual(naiveSearch(content, passes));
        }
      }),
      { seed: 39, numRuns: lawRuns() },
    );
  },
  LONG,
);

describeShared("searches in recordings", () => {
  it.each(recordingNames())("%s", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    for (const { contents } of watchRoots(session.value.events)) {
      for (const content of contents.slice(-3)) {
        const found = naiveSearch(content, (text) => text.includes("1"));
        expect(hits(content, { kind: "text", text: "1" })).toEqual(found);
      }
    }
  });
});
