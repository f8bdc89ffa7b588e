import { describe, expect, it } from "vitest";
import { confidenceOf, inTurns, spreadOf } from "./paired";

describe("the sides of a comparison", () => {
  it("come in turns, the first of a round being the second of the next, and warm-ups do not count", async () => {
    const order: string[] = [];
    const side = (name: string) => async () => order.push(name);
    const sides = { tapped: side("tapped"), untapped: side("untapped") };
    const rounds = await inTurns({ warmUps: 1, rounds: 2 }, sides);
    expect(order).toEqual(["tapped", "untapped", "untapped", "tapped", "tapped", "untapped"]);
    expect(rounds).toEqual([
      { tapped: 4, untapped: 3 },
      { tapped: 5, untapped: 6 },
    ]);
  });
});

describe("what many rounds say", () => {
  const hundred = Array.from({ length: 100 }, (_, at) => ((at * 37) % 100) + 1);

  it("is their median and the middle half of them", () => {
    expect(spreadOf(hundred)).toEqual({ median: 50, low: 25, high: 75 });
  });

  it("is bounded with a confidence of 95 % by the 40th and the 61st of a hundred", () => {
    expect(confidenceOf(hundred)).toEqual({ median: 50, low: 40, high: 61 });
  });

  it("is not said of rounds too few to tell", () => {
    expect(() => confidenceOf([1, 2, 3])).toThrow("Too few");
  });
});
