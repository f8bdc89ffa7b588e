import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseSync } from "vite";
import { beforeEach, describe, expect, it } from "vitest";
import english from "../../_locales/en/messages.json";
import { at } from "../../src/cli/browser/outside-value";
import { say, sayCount, speak } from "../../src/panel/text/say";

const folder = fileURLToPath(new URL("../../src/panel/", import.meta.url));
const names = Object.keys(english);
const sources = readdirSync(folder, { recursive: true, encoding: "utf8" })
  .filter((name) => /\.tsx?$/.test(name))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

describe("the words of the panel", () => {
  beforeEach(() => speak(english, "en"));

  it("are all used", () => {
    const source = sources.map(({ text }) => text).join("\n");
    // A name may be put together where it is used: then its beginning stands there.
    const isUsed = (name: string): boolean =>
      source.includes(`"${name}"`) ||
      source.includes(`"${name.replace(/_(one|other)$/, "")}"`) ||
      name
        .split("_")
        .some((_, nth, parts) => nth > 0 && source.includes(`\`${parts.slice(0, nth).join("_")}_\${`));
    expect(names.filter((name) => !isUsed(name))).toEqual([]);
  });

  it("stand in no view themselves", () => {
    const found = sources.flatMap(({ name, text }) =>
      wordsIn(parseSync(name, text).program).map((words) => `${name}: ${words}`),
    );
    expect(found).toEqual([]);
    expect(
      wordsIn(
        parseSync("a.tsx", `<p title="A hint" class="dim">Some words{say("view_stores")} s</p>`).program,
      ),
    ).toEqual(["A hint", "Some words"]);
  });

  it("have places that are numbered without a hole, and both forms where they are counted", () => {
    for (const [name, { message }] of Object.entries<{ readonly message: string }>(english)) {
      const places = new Set([...message.matchAll(/\$(\d)/g)].map(([, nth]) => Number(nth)));
      // One is a number that need not be said.
      if (name.endsWith("_one")) places.add(1);
      expect([name, Math.max(0, ...places)]).toEqual([name, places.size]);
      expect(message.trim(), name).toBe(message);
      expect(message, name).not.toBe("");
    }
    const stems = (form: string) =>
      names.filter((name) => name.endsWith(form)).map((name) => name.slice(0, -form.length));
    expect(stems("_other")).toEqual(expect.arrayContaining([...stems("_one")]));
  });

  it("are said with their parts in their places, numbers as the language writes them", () => {
    speak({ view_stores: { message: "$2 of $1" } }, "en");
    expect(say("view_stores", 1_234, "a")).toBe("a of 1,234");
    speak({ view_stores: { message: "$2 of $1" } }, "de");
    expect(say("view_stores", 1_234, "a")).toBe("a of 1.234");
  });

  it("are their own names where a language does not have them", () => {
    speak({}, "en");
    expect(say("view_stores")).toBe("view_stores");
  });

  it("agree with a number", () => {
    speak({}, "en");
    const counted = sayCount as (name: string, count: number) => string;
    expect([counted("rows", 1), counted("rows", 2), counted("rows", 0)]).toEqual([
      "rows_one",
      "rows_other",
      "rows_other",
    ]);
  });
});

/** The attributes that are read out or shown. */
const SAID: readonly unknown[] = ["aria-label", "aria-roledescription", "label", "placeholder", "title"];

/** What the tags of a source say in words of their own: text with a word in it, and what their attributes say. */
function wordsIn(node: unknown): readonly string[] {
  if (typeof node !== "object" || node === null) return [];
  const text = at(node, "value");
  if (at(node, "type") === "JSXText") return /\p{L}{2}/u.test(String(text)) ? [String(text).trim()] : [];
  if (at(node, "type") === "JSXAttribute" && at(text, "type") === "Literal") {
    return SAID.includes(at(node, "name", "name")) ? [String(at(text, "value"))] : [];
  }
  return Object.values(node).flatMap(wordsIn);
}
