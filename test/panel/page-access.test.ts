import { describe, expect, it } from "vitest";
import { readEvaluated } from "../../src/panel/model/page-access";

describe("what was evaluated in the page", () => {
  it.each([
    ["Chrome's answer", "http://localhost/", "http://localhost/"],
    ["Firefox's answer", ["http://localhost/", undefined], "http://localhost/"],
    ["Firefox's refusal", [undefined, { isError: true, code: "E_PROTOCOLERROR" }], null],
    ["Chrome's refusal", undefined, null],
    ["no text", [{}], null],
  ])("is read from %s", (_, answer, expected) => {
    expect(readEvaluated(answer)).toBe(expected);
  });
});
