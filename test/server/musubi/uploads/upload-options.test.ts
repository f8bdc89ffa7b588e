import { describe, expect, it } from "vitest";
import {
  configToWire,
  configureUpload,
  isAccepted,
  type UploadOptions,
} from "../../../../src/server/musubi/uploads/upload-options";

const configure = (options: UploadOptions) => configureUpload("Shop.Profile", "avatar", options);

describe("the declaration of an upload", () => {
  it("has Musubi's defaults", () => {
    const { maxEntries, maxFileSize, chunkSize, chunkTimeoutMs } = configure({ accept: "any" });
    expect({ maxEntries, maxFileSize, chunkSize, chunkTimeoutMs }).toEqual({
      maxEntries: 1,
      maxFileSize: 8_000_000,
      chunkSize: 64_000,
      chunkTimeoutMs: 10_000,
    });
  });

  it("tells clients its limits, without the time limit", () => {
    const config = configure({ accept: [".png"], maxEntries: 2, chunkTimeoutMs: 5 });
    expect(configToWire(config)).toEqual({
      accept: [".png"],
      max_entries: 2,
      max_file_size: 8_000_000,
      chunk_size: 64_000,
    });
    expect(configToWire(configure({ accept: "any" })).accept).toBe("any");
  });

  it.each([
    [{ accept: ["png"] }, /accepts "png": each ending must be a text that starts with a dot/],
    [{ accept: ["."] }, /accepts "\."/],
    [{ accept: [7] }, /accepts 7/],
    [{ accept: "png" }, /needs "accept"/],
    [{}, /needs "accept"/],
    [{ accept: "any", maxEntries: 0 }, /has maxEntries 0: it must be a whole number above 0/],
    [{ accept: "any", maxFileSize: 1.5 }, /has maxFileSize 1.5/],
    [{ accept: "any", chunkSize: -1 }, /has chunkSize -1/],
    [{ accept: "any", chunkTimeoutMs: Number.POSITIVE_INFINITY }, /has chunkTimeoutMs/],
    [{ accept: "any", chunkTimeoutMs: "10" }, /has chunkTimeoutMs "10"/],
  ])("refuses %j", (options, sentence) => {
    // Plain JavaScript declares without the compiler.
    const declare: (module: string, name: string, options: never) => unknown = configureUpload;
    expect(() => Reflect.apply(declare, null, ["Shop.Profile", "avatar", options])).toThrow(sentence);
    expect(() => Reflect.apply(declare, null, ["Shop.Profile", "avatar", options])).toThrow(
      'Shop.Profile\'s upload "avatar"',
    );
  });

  it("refuses an upload without a name", () => {
    expect(() => configureUpload("Shop.Profile", "", { accept: "any" })).toThrow("without a name");
  });
});

describe("a file's name", () => {
  it.each([
    ["me.png", true],
    ["ME.PNG", true],
    ["archive.tar.png", true],
    ["me.gif", false],
    ["png", false],
    [".png", false],
    ["me.png.gif", false],
    ["me.", false],
  ])("%s is accepted among .PNG and .jpg: %s", (name, accepted) => {
    expect(isAccepted(configure({ accept: [".PNG", ".jpg"] }), name)).toBe(accepted);
  });

  it("is of no meaning where any will do", () => {
    expect(isAccepted(configure({ accept: "any" }), "x")).toBe(true);
  });
});
