import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createPassingMemory } from "../../src/panel/model/memory";
import { createPanes, type PaneName, type Panes } from "../../src/panel/model/panes";
import { VIEWS, type ViewName } from "../../src/panel/model/view-name";

const open = (memory = createPassingMemory()): Panes => createPanes(memory, new AbortController().signal);
const shown = ({ main, second }: Panes) => [main.value, second.value];

/** The timeline in the main place, and the stores beside it. */
function openTwo(memory = createPassingMemory()): Panes {
  const panes = open(memory);
  panes.choose("main", "timeline");
  panes.toggle();
  return panes;
}

type Step = (panes: Panes) => void;
const view = fc.constantFrom<ViewName>(...VIEWS);
const pane = fc.constantFrom<PaneName>("main", "second");
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.tuple(pane, view).map(
    ([where, what]): Step =>
      ({ choose }) =>
        choose(where, what),
  ),
  view.map(
    (what): Step =>
      ({ show }) =>
        show(what),
  ),
  pane.map(
    (where): Step =>
      ({ use }) =>
        use(where),
  ),
  fc.constantFrom<Step>(
    ({ toggle }) => toggle(),
    ({ swap }) => swap(),
  ),
);

describe("the places of views", () => {
  it("are one, with Stores, until a person wants two", () => {
    const panes = open();
    expect(shown(panes)).toEqual(["stores", null]);
    panes.toggle();
    expect(shown(panes)).toEqual(["stores", "timeline"]);
    expect(VIEWS.filter(panes.isShown)).toEqual(["stores", "timeline"]);
    panes.toggle();
    expect(shown(panes)).toEqual(["stores", null]);
  });

  it("change their views where one is chosen that is in the other", () => {
    const panes = openTwo();
    panes.choose("main", "stores");
    expect(shown(panes)).toEqual(["stores", "timeline"]);
    panes.choose("second", "stores");
    expect(shown(panes)).toEqual(["timeline", "stores"]);
    panes.choose("second", "frames");
    expect(shown(panes)).toEqual(["timeline", "frames"]);
  });

  it("never show one view twice, and always what was asked for last", () => {
    fc.assert(
      fc.property(fc.array(step), view, (steps, last) => {
        const panes = open();
        for (const run of steps) run(panes);
        expect(panes.main.value).not.toBe(panes.second.value);
        panes.show(last);
        expect(panes.isShown(last)).toBe(true);
        expect(panes.main.value).not.toBe(panes.second.value);
      }),
    );
  });

  it("leave what leads somewhere where it is, and show that in the other", () => {
    const panes = openTwo();
    panes.use("second");
    panes.show("frames");
    expect(shown(panes)).toEqual(["frames", "stores"]);
    panes.use("main");
    panes.show("problems");
    expect(shown(panes)).toEqual(["frames", "problems"]);
    panes.show("frames");
    expect(shown(panes)).toEqual(["frames", "problems"]);
  });

  it("show what is led to in the only one there is", () => {
    const panes = open();
    panes.use("main");
    panes.show("frames");
    expect(shown(panes)).toEqual(["frames", null]);
  });

  it("are as they were left, the next time", () => {
    fc.assert(
      fc.property(fc.array(step), (steps) => {
        const memory = createPassingMemory();
        const panes = open(memory);
        for (const run of steps) run(panes);
        expect(shown(open(memory))).toEqual(shown(panes));
      }),
    );
  });

  it.each([
    [{ view: "no view", "view.second": 7, "view.split": "yes" }, ["stores", null]],
    [{ view: "frames", "view.second": "frames", "view.split": true }, ["frames", "timeline"]],
    [{ view: "timeline", "view.split": true }, ["timeline", "stores"]],
  ])("make something of what means nothing: %j", (kept, expected) => {
    const memory = createPassingMemory();
    for (const [name, value] of Object.entries(kept)) memory.write(name, value);
    expect(shown(open(memory))).toEqual(expected);
  });
});
