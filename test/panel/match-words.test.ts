import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { matchWords } from "../../src/panel/model/match-words";

const fits = (typed: string, label: string): number => matchWords(typed, label) ?? Number.NaN;

describe("how a label fits what is typed", () => {
  it("is best at its start, then at a word's, then inside one, then letter by letter", () => {
    const label = "Go to Connection";
    const scores = ["go", "conn", "nect", "gcn"].map((typed) => fits(typed, label));
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    expect(new Set(scores).size).toBe(4);
  });

  it("is not at all where letters are missing or out of order", () => {
    expect(matchWords("xyz", "Go to Stores")).toBeNull();
    expect(matchWords("gc go zz", "Go to Channels")).toBeNull();
    expect(matchWords("og", "go")).toBeNull();
  });

  it("asks every word that is typed, in any case and order", () => {
    expect(fits("STORES go", "Go to Stores")).toBeGreaterThan(fits("stores", "Go to Stores"));
    expect(matchWords("", "anything")).toBe(0);
  });

  it("is there for any part of any label (seed 7)", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.nat(), fc.nat(), (label, a, b) => {
        const [from, to] = [a % label.length, b % (label.length + 1)];
        expect(matchWords(label.slice(Math.min(from, to), Math.max(from, to)), label)).not.toBeNull();
      }),
      { seed: 7 },
    );
  });
});
