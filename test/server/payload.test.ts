import { describe, expect, it } from "vitest";
import { requireBoolean, requireNumber, requireObject, requireString } from "../../src/server/payload";

describe("a payload", () => {
  it("is taken apart by the types of its fields", () => {
    const payload = requireObject({ text: "a", n: 1, flag: false });
    expect(requireString(payload, "text")).toBe("a");
    expect(requireNumber(payload, "n")).toBe(1);
    expect(requireBoolean(payload, "flag")).toBe(false);
  });

  it.each<[string, () => unknown, string]>([
    ["no object", () => requireObject([1]), "The payload must be an object, but it is [1]."],
    ["bytes", () => requireObject(new Uint8Array(3)), "The payload must be an object, but it is 3 bytes."],
    ["no string", () => requireString({ a: 1 }, "a"), 'The payload\'s "a" must be a string, but it is 1.'],
    [
      "no number",
      () => requireNumber({ a: "1" }, "a"),
      'The payload\'s "a" must be a number, but it is "1".',
    ],
    [
      "no boolean",
      () => requireBoolean({ a: null }, "a"),
      'The payload\'s "a" must be a boolean, but it is null.',
    ],
    ["nothing", () => requireString({}, "a"), 'The payload\'s "a" must be a string, but it is absent.'],
    ["what objects inherit", () => requireString({}, "constructor"), "but it is absent"],
  ])("that holds %s instead throws a sentence", (_what, read, sentence) => {
    expect(read).toThrow(sentence);
  });
});
