import { describe, expect, it } from "vitest";
import { readSettings, writeSettings } from "../../src/background/stored-settings";
import { DEFAULT_SETTINGS, MIN_JOURNAL_BYTES } from "../../src/bridge/settings";
import { createFakeStorageArea } from "../support/fake-storage-area";

describe("the settings", () => {
  it("are the default ones until somebody chooses", async () => {
    expect(await readSettings(createFakeStorageArea())).toEqual(DEFAULT_SETTINGS);
  });

  it("are those that were chosen last", async () => {
    const local = createFakeStorageArea();
    await writeSettings(local, { preserveLog: true, maxJournalBytes: MIN_JOURNAL_BYTES });
    expect(await readSettings(local)).toEqual({ preserveLog: true, maxJournalBytes: MIN_JOURNAL_BYTES });
  });

  it("are the default ones where another version has left something else", async () => {
    const local = createFakeStorageArea();
    await local.set({ settings: { preserveLog: "yes", maxJournalBytes: 1 } });
    expect(await readSettings(local)).toEqual(DEFAULT_SETTINGS);
  });
});
