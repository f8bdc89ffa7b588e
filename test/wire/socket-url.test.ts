import { describe, expect, it } from "vitest";
import { serializerOf } from "../../src/wire/socket-url";

describe("the serializer of a vsn (wire.md 1.1)", () => {
  it.each([
    ["1.0.0", "1.0.0"],
    ["1.0.7", "1.0.0"],
    ["2.0.0", "2.0.0"],
    ["2.0.10", "2.0.0"],
    ["2.0.1-rc.1", "2.0.0"],
    ["2.0.0+build.5", "2.0.0"],
  ])("is that of the requirement which %s meets", (vsn, serializer) => {
    expect(serializerOf(vsn)).toBe(serializer);
  });

  it.each([
    ["another minor number", "2.1.0"],
    ["another major number", "3.0.0"],
    ["a version before the first", "0.9.0"],
    ["a pre-release, which comes before 2.0.0", "2.0.0-rc.1"],
    ["two numbers", "2.0"],
    ["one number", "2"],
    ["four numbers", "2.0.0.0"],
    ["a leading zero", "2.0.00"],
    ["a v", "v2.0.0"],
    ["spaces", " 2.0.0"],
    ["a line after it", "2.0.0\n"],
    ["an empty pre-release", "2.0.1-"],
    ["nothing", ""],
    ["a word", "constructor"],
  ])("is null for %s", (_, vsn) => {
    expect(serializerOf(vsn)).toBeNull();
  });
});
