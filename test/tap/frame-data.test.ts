import { runInNewContext } from "node:vm";
import { describe, expect, it } from "vitest";
import { copyFrameData, toSendable } from "../../src/tap/frame-data";

describe("what a page sends", () => {
  it.each([
    ["text", "text"],
    ["a buffer", new ArrayBuffer(2)],
    ["a view", new Uint8Array(2)],
    ["a blob", new Blob(["blob"])],
    ["a buffer that another realm made, as an iframe's code does", runInNewContext("new ArrayBuffer(2)")],
    ["a view that another realm made", runInNewContext("new Uint8Array(2)")],
  ])("stays what it is: %s", (_, data) => {
    expect(toSendable(data)).toBe(data);
  });

  it("is text where it only looks like a buffer or a blob", () => {
    const impostor = Object.create(ArrayBuffer.prototype, { toString: { value: () => "an impostor" } });
    expect(toSendable(impostor)).toBe("an impostor");
    expect(toSendable(Object.create(Blob.prototype))).toBe("[object Blob]");
  });
});

describe("the copy of a frame's data", () => {
  it("does not change with the page's buffer, of whatever realm that is", () => {
    for (const buffer of [new ArrayBuffer(2), runInNewContext("new ArrayBuffer(2)")]) {
      const copy = copyFrameData(buffer);
      new Uint8Array(buffer).fill(9);
      expect(copy).toEqual(new ArrayBuffer(2));
    }
  });

  it("has of a view only what the view shows", () => {
    expect(copyFrameData(new Uint8Array([1, 2, 3, 4]).subarray(1, 3))).toEqual(new Uint8Array([2, 3]).buffer);
  });

  it("is empty where the buffer was transferred away", () => {
    const buffer = new ArrayBuffer(2);
    structuredClone(buffer, { transfer: [buffer] });
    expect(copyFrameData(buffer)).toEqual(new ArrayBuffer(0));
  });
});
