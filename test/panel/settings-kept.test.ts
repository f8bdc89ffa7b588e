import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { RowFilter } from "../../src/bridge/view";
import { createPassingMemory, type Memory } from "../../src/panel/model/memory";
import { keepHeartbeats, keepSplit, readSplit } from "../../src/panel/model/settings-kept";

function open(memory: Memory) {
  const filter = signal<RowFilter>({ text: "", heartbeats: false });
  const setFilter = (next: RowFilter): void => {
    filter.value = next;
  };
  keepHeartbeats({ filter, setFilter }, memory, new AbortController().signal);
  return filter;
}

describe("what the panel keeps", () => {
  it("is there the next time: whether heartbeats are shown, but no filter's text", () => {
    const memory = createPassingMemory();
    open(memory).value = { text: "cart", heartbeats: true };
    expect(open(memory).value).toEqual({ text: "", heartbeats: true });
  });

  it("is let go where it means nothing", () => {
    const memory = createPassingMemory();
    memory.write("frames.heartbeats", "yes");
    memory.write("split.frames", 400);
    expect(open(memory).value.heartbeats).toBe(false);
    expect(readSplit(memory, "frames")).toBeNull();
  });

  it("is each divider's own place", () => {
    const memory = createPassingMemory();
    keepSplit(memory, "frames.beside", 30);
    expect([readSplit(memory, "frames.beside"), readSplit(memory, "frames.stacked")]).toEqual([30, null]);
  });
});
