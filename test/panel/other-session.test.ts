import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { OverviewView } from "../../src/bridge/view";
import { onOtherSession } from "../../src/panel/model/other-session";
import { overview } from "../support/panel-views";

it("notices another session, not the first one, nor a host that has none yet", () => {
  const seen = signal<OverviewView | null>(null);
  const end = new AbortController();
  let left = 0;
  onOtherSession(seen, end.signal, () => left++);
  const after = (id: string): number => {
    seen.value = overview([], id);
    return left;
  };
  expect(["1", "1", "", "1", "2", "", "3"].map(after)).toEqual([0, 0, 0, 0, 1, 1, 2]);
  end.abort();
  expect(after("4")).toBe(2);
});
