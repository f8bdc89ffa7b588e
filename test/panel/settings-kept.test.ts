import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { RowFilter } from "../../src/bridge/view";
import { createPassingMemory, type Memory } from "../../src/panel/model/memory";
import { keepSettings, keepSplit, readSplit } from "../../src/panel/model/settings-kept";
import type { ViewName } from "../../src/panel/model/view-name";

function open(memory: Memory) {
  const tab = signal<ViewName>("stores");
  const filter = signal<RowFilter>({ text: "", heartbeats: false });
  const setFilter = (next: RowFilter): void => {
    filter.value = next;
  };
  keepSettings({ tab, frames: { filter, setFilter } }, memory, new AbortController().signal);
  return { tab, filter };
}

describe("what the panel keeps", () => {
  it("is there the next time: the view and whether heartbeats are shown, but no filter's text", () => {
    const memory = createPassingMemory();
    const first = open(memory);
    first.tab.value = "frames";
    first.filter.value = { text: "cart", heartbeats: true };
    const second = open(memory);
    expect([second.tab.value, second.filter.value]).toEqual(["frames", { text: "", heartbeats: true }]);
  });

  it("is let go where it means nothing", () => {
    const memory = createPassingMemory();
    memory.write("view", "no view");
    memory.write("frames.heartbeats", "yes");
    memory.write("split.frames", 400);
    const { tab, filter } = open(memory);
    expect([tab.value, filter.value.heartbeats]).toEqual(["stores", false]);
    expect(readSplit(memory, "frames")).toBeNull();
  });

  it("is each divider's own place", () => {
    const memory = createPassingMemory();
    keepSplit(memory, "frames.beside", 30);
    expect([readSplit(memory, "frames.beside"), readSplit(memory, "frames.stacked")]).toEqual([30, null]);
  });
});
