import { describe, expect, it } from "vitest";
import { readOptions, readPort, UsageError } from "../../src/cli/options";

const spec = { port: { type: "string" }, quiet: { type: "boolean" } } as const;

describe("options", () => {
  it("are read", () => {
    expect(readOptions(["--port", "80", "--quiet"], spec)).toEqual({ port: "80", quiet: true });
    expect(readOptions(["--port=80"], spec)).toEqual({ port: "80" });
    expect(readOptions([], spec)).toEqual({});
  });

  it.each([
    [["--prot", "80"], "Unknown option '--prot'."],
    [["--port"], "Option '--port <value>' argument missing."],
    [["here"], "Unexpected argument 'here'."],
  ])("such as %j are refused with one sentence", (args, sentence) => {
    expect(() => readOptions(args, spec)).toThrow(new UsageError(sentence));
  });
});

describe("a port", () => {
  it("is a number that a port can have", () => {
    expect(readPort("0")).toBe(0);
    expect(readPort("65535")).toBe(65535);
    expect(readPort(undefined)).toBeUndefined();
  });

  it.each(["65536", "-1", "80.5", "0x50", "", " 80", "1e3"])("is not %j", (text) => {
    expect(() => readPort(text)).toThrow(UsageError);
  });
});
