import { describe, expect, it } from "vitest";
import { createJournalNames } from "../../src/background/journal-names";
import { createFakeStorageArea } from "../support/fake-storage-area";

describe("the number that a tab's journal has", () => {
  it("is the tab's own", async () => {
    expect(await createJournalNames(createFakeStorageArea()).of(7)).toBe(7);
  });

  it("stays when the tab is replaced, however often, also after a kill", async () => {
    const session = createFakeStorageArea();
    await createJournalNames(session).replace(8, 7);
    await createJournalNames(session).replace(9, 8);
    const revived = createJournalNames(session);
    expect(await revived.of(9)).toBe(7);
    expect(await revived.of(8)).toBe(8);
  });

  it("is forgotten with the tab", async () => {
    const names = createJournalNames(createFakeStorageArea());
    await names.replace(8, 7);
    await names.remove(8);
    expect(await names.of(8)).toBe(8);
  });
});
