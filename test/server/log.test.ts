import { describe, expect, it } from "vitest";
import { boundLog, cleanLog, describeError } from "../../src/server/log";

describe("what one client may log", () => {
  it("is so many lines, and one that says that there were more", () => {
    const lines: string[] = [];
    const log = boundLog((line) => lines.push(line), "Connection 7", 2);
    for (const line of ["a", "b", "c", "d"]) log(line);
    expect(lines).toEqual(["a", "b", "Connection 7 has caused 2 lines; no more of them are logged."]);
  });

  it("is cut where a line is very long", () => {
    const lines: string[] = [];
    boundLog((line) => lines.push(line), "Connection 7", 2)("x".repeat(10_000));
    expect(lines).toEqual([`${"x".repeat(8_000)} ... (2000 more characters)`]);
  });
});

describe("what clients sent", () => {
  it("forges no line of its own, and orders no terminal about", () => {
    const lines: string[] = [];
    cleanLog((line) => lines.push(line))('The topic "a\nConnection 1 left.\r\u001b[31m\u009b" crashed.');
    expect(lines).toEqual(['The topic "a\n  Connection 1 left.\\u000d\\u001b[31m\\u009b" crashed.']);
  });
});

describe("what was thrown", () => {
  it("is told with its stack, or as what it is", () => {
    expect(describeError(new TypeError("no"))).toMatch(/^TypeError: no\n\s+at /);
    expect(describeError("a text")).toBe("a text");
    expect(describeError(undefined)).toBe("undefined");
  });
});
