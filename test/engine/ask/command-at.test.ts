import { expect, it } from "vitest";
import { findCommand } from "../../../src/engine/ask/command-at";

it("finds the command that an event is, and none where it is none", () => {
  const commands = [4, 7, 20].map((seq) => ({ seq }));
  expect([3, 4, 5, 7, 20, 21].map((seq) => findCommand(commands, seq)?.seq ?? null)).toEqual([
    ...[null, 4, null, 7, 20, null],
  ]);
  expect(findCommand([], 1)).toBeUndefined();
});
