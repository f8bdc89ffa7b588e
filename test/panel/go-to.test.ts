import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createPanel } from "../../src/panel/model/panel";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { createFakeSession } from "../support/fake-session";

it("leads to a store: its view is shown, it is chosen, and what is around it unfolded", () => {
  const clock = createClock();
  const session = createFakeSession({ events: 100 });
  const host = createFakeHost((query: Query): View | null => session.answer(query, null));
  const panel = createPanel({
    ...{ open: host.open, schedule: clock.schedule, delay: clock.delay },
    access: { url: signal(null), request: null, reload: () => undefined },
    signal: new AbortController().signal,
  });
  host.attach();
  clock.frame();
  panel.tab.value = "problems";
  panel.stores.tree.toggle("[1]", false);
  const root = {
    ...{ connection: 1, topic: "musubi:connection:Shop.Stores.CartStore:u9:open" },
    root_id: "Shop.Stores.CartStore:u9:open",
  };
  panel.goTo({ kind: "store", root, store_id: ["cart", "lines", "l2"] });
  for (let frames = 0; frames < 4; frames++) clock.frame();
  expect(panel.tab.value).toBe("stores");
  const { lines, active, scrollTo } = panel.stores.tree;
  expect(lines.value.itemAt(active.value ?? -1)).toMatchObject({ label: "l2", level: 4 });
  expect(scrollTo.value).toBe(active.value);
});
