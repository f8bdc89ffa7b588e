import { describe, expect, it } from "vitest";
import { readRun } from "../../src/background/run";
import { createFakeStorageArea } from "../support/fake-storage-area";

describe("the run of the extension", () => {
  it("keeps its name while the background dies and comes back", async () => {
    const session = createFakeStorageArea();
    const names = ["first", "second"];
    const draw = () => names.shift() ?? "";
    expect(await readRun(session, draw)).toBe("first");
    expect(await readRun(session, draw)).toBe("first");
  });

  it("has another name when the browser starts it anew", async () => {
    expect(await readRun(createFakeStorageArea(), () => "first")).toBe("first");
    expect(await readRun(createFakeStorageArea(), () => "second")).toBe("second");
  });
});
