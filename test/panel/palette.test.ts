import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { createActions } from "../../src/panel/model/actions";
import type { Deps } from "../../src/panel/model/deps";
import { createLink } from "../../src/panel/model/link";
import { createPalette } from "../../src/panel/model/palette";
import type { Place } from "../../src/panel/model/place";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { connection, overview, root } from "../support/panel-views";

const COUNTER = root("Demo.CounterStore:c1", { module: "Demo.CounterStore" });

function setUp() {
  const clock = createClock();
  const { signal: lifetime } = new AbortController();
  const host = createFakeHost(() => null);
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const actions = createActions();
  const done: string[] = [];
  const places: Place[] = [];
  const canPlay = signal(false);
  const action = (id: string, label: string, isPossible = () => true) => {
    const run = (): number => done.push(`${id} over ${palette.overlay.value}`);
    return { id, label: () => label, keys: [], isPossible, run };
  };
  const deps: Pick<Deps, "link" | "overview" | "lifetime" | "actions" | "goTo"> = {
    ...{ link, lifetime, actions, overview: signal(overview([connection(1, { roots: [COUNTER] })])) },
    goTo: (place) => places.push(place),
  };
  const palette = createPalette(deps, clock.delay);
  actions.add(
    action("view.stores", "Go to Stores"),
    action("view.timeline", "Go to Timeline"),
    action("moment.play", "Play", () => canPlay.value),
  );
  host.attach();
  const listed = (): readonly string[] =>
    palette.items.value.map((item) => (item.kind === "action" ? item.action.id : item.result.label));
  return { palette, listed, done, places, canPlay };
}

describe("the command palette", () => {
  it("lists all actions, and of those that fit the best first", () => {
    const { palette, listed } = setUp();
    palette.toggle("actions");
    expect(listed()).toEqual(["view.stores", "view.timeline", "moment.play"]);
    palette.type("tim");
    expect(listed()[0]).toBe("view.timeline");
    palette.type("counter");
    expect(listed()).toEqual(["Demo.CounterStore"]);
  });

  it("does what is chosen after it has closed", () => {
    const { palette, done } = setUp();
    palette.toggle("actions");
    palette.choose(1);
    palette.run(palette.chosen.value);
    expect(done).toEqual(["view.timeline over null"]);
  });

  it("does nothing that is impossible, and stays", () => {
    const { palette, done, canPlay } = setUp();
    palette.toggle("actions");
    palette.run(2);
    expect([done, palette.overlay.value]).toEqual([[], "actions"]);
    canPlay.value = true;
    palette.run(2);
    expect(done).toEqual(["moment.play over null"]);
  });

  it("leads to what was found", () => {
    const { palette, places, listed } = setUp();
    palette.toggle("search");
    expect(listed()).toEqual([]);
    palette.type("counter");
    palette.run(0);
    expect(places).toEqual([{ kind: "store", root: COUNTER.key, store_id: [] }]);
  });

  it("begins anew each time, and closes by what opened it", () => {
    const { palette } = setUp();
    palette.toggle("actions");
    palette.type("x");
    palette.toggle("keys");
    expect([palette.overlay.value, palette.text.value]).toEqual(["keys", ""]);
    palette.toggle("keys");
    expect(palette.overlay.value).toBeNull();
  });
});
