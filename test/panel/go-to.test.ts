import { signal } from "@preact/signals";
import { expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createPanel } from "../../src/panel/model/panel";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { createFakeSession } from "../support/fake-session";

function setUp() {
  const clock = createClock();
  const session = createFakeSession({ events: 400 });
  const host = createFakeHost((query: Query): View | null => session.answer(query, null));
  const panel = createPanel({
    ...{ open: host.open, schedule: clock.schedule, delay: clock.delay },
    access: { url: signal(null), request: null, reload: () => undefined },
    signal: new AbortController().signal,
  });
  host.attach();
  clock.frame();
  return { clock, panel };
}

const CART = {
  ...{ connection: 1, topic: "musubi:connection:Shop.Stores.CartStore:u9:open" },
  root_id: "Shop.Stores.CartStore:u9:open",
};

it("leads to a store: its view is shown, it is chosen, and what is around it unfolded", () => {
  const { clock, panel } = setUp();
  panel.panes.show("problems");
  panel.stores.tree.toggle("[1]", false);
  panel.goTo({ kind: "store", root: CART, store_id: ["cart", "lines", "l2"] });
  for (let frames = 0; frames < 4; frames++) clock.frame();
  expect(panel.panes.main.value).toBe("stores");
  const { lines, active, scrollTo } = panel.stores.tree;
  expect(lines.value.itemAt(active.value ?? -1)).toMatchObject({ label: "l2", level: 4 });
  expect(scrollTo.value).toBe(active.value);
});

it("leads from one of two views to what is shown in the other", () => {
  const { clock, panel } = setUp();
  panel.panes.toggle();
  panel.panes.choose("second", "problems");
  panel.panes.use("second");
  panel.goTo({ kind: "event", seq: 97, in: "frames" });
  for (let frames = 0; frames < 4; frames++) clock.frame();
  expect([panel.panes.main.value, panel.panes.second.value]).toEqual(["frames", "problems"]);
  expect(panel.frames.choice.event.value?.seq).toBe(97);
  expect(panel.problems.window.value?.rows.length).toBeGreaterThan(0);
});

it("leads to the problems of one thing", () => {
  const { clock, panel } = setUp();
  panel.goTo({ kind: "problems", of: { kind: "store", root: CART, store_id: [] } });
  for (let frames = 0; frames < 4; frames++) clock.frame();
  expect(panel.panes.main.value).toBe("problems");
  expect(panel.problems.window.value?.total).toBe(2);
  expect(panel.overview.value?.session.problems).toBe(5);
});
