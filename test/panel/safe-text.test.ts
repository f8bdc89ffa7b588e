import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cutText, safeRuns, safeString } from "../../src/panel/model/safe-text";

const SEED = 20261121;

describe("text of a page", () => {
  it.each([
    ["plain", "plain"],
    ["", ""],
    ["photo_\u202egnp.exe", "photo_\\u202egnp.exe"],
    ["a\u0000b\u007f", "a\\u0000b\\u007f"],
    ["two\nlines\r\n\tand", "two\\nlines\\r\\n\\tand"],
    ["zero\u200bwidth\ufeff", "zero\\u200bwidth\\ufeff"],
    ["half \ud83d", "half \\ud83d"],
    ["tag \u{e0041}", "tag \\u{e0041}"],
    ["שלום and नमस्ते", "שלום and नमस्ते"],
    ["👩‍👩‍👧 😀", "👩‍👩‍👧 😀"],
  ])("%j shows as %j", (text, shown) => {
    expect(safeString(text)).toBe(shown);
  });

  it("tells escapes from text that looks like them", () => {
    expect(safeRuns("a\\n\nb")).toEqual([
      { text: "a\\n", escaped: false },
      { text: "\\n", escaped: true },
      { text: "b", escaped: false },
    ]);
  });

  it(`is all there in its runs, and nothing unsafe is (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
        const runs = safeRuns(text);
        expect(runs.map((run) => run.text).join("")).toBe(safeString(text));
        for (const run of runs) expect(safeString(run.text)).toBe(run.text);
        const plain = runs.filter((run) => !run.escaped).map((run) => run.text);
        let at = 0;
        for (const part of plain) {
          at = text.indexOf(part, at) + part.length;
          expect(at).toBeGreaterThanOrEqual(part.length);
        }
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });

  it("is cut between characters", () => {
    expect(cutText("ab😀cd", 3)).toBe("ab");
    expect(cutText("ab😀cd", 4)).toBe("ab😀");
    expect(cutText("ab", 3)).toBe("ab");
  });
});
