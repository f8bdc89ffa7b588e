import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeEach, describe, expect, it } from "vitest";
import english from "../../_locales/en/messages.json";
import { lookUpIn, say, sayCount, speak } from "../../src/panel/text/say";

const folder = fileURLToPath(new URL("../../src/panel/", import.meta.url));
const names = Object.keys(english);

describe("the words of the panel", () => {
  beforeEach(() => speak(lookUpIn(english), "en"));

  it("are all used", () => {
    const source = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => readFileSync(join(folder, name), "utf8"))
      .join("\n");
    // A name may be put together where it is used: then its beginning stands there.
    const isUsed = (name: string): boolean =>
      source.includes(`"${name}"`) ||
      source.includes(`"${name.replace(/_(one|other)$/, "")}"`) ||
      name
        .split("_")
        .some((_, at, parts) => at > 0 && source.includes(`\`${parts.slice(0, at).join("_")}_\${`));
    expect(names.filter((name) => !isUsed(name))).toEqual([]);
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
    speak(lookUpIn({ view_stores: { message: "$2 of $1" } }), "en");
    expect(say("view_stores", 1_234, "a")).toBe("a of 1,234");
    speak(lookUpIn({ view_stores: { message: "$2 of $1" } }), "de");
    expect(say("view_stores", 1_234, "a")).toBe("a of 1.234");
  });

  it("are their own names where a language does not have them", () => {
    speak(() => undefined, "en");
    expect(say("view_stores")).toBe("view_stores");
  });

  it("agree with a number", () => {
    speak((name) => name, "en");
    const counted = sayCount as (name: string, count: number) => string;
    expect([counted("rows", 1), counted("rows", 2), counted("rows", 0)]).toEqual([
      "rows_one",
      "rows_other",
      "rows_other",
    ]);
  });
});
