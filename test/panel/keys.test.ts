import { describe, expect, it } from "vitest";
import { createActions } from "../../src/panel/model/actions";
import {
  createKeys,
  type Focus,
  type KeyPress,
  parseKeys,
  readChord,
  writeKeys,
} from "../../src/panel/model/keys";
import { createClock } from "../support/clock";

function press(key: string, more: Partial<KeyPress> = {}): KeyPress {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...more };
}

const CTRL = { ctrlKey: true };

/** Notes the actions that are run, each named as its keys are. */
function setUp(keys: readonly string[], { isMac = false, impossible = "" } = {}) {
  const actions = createActions();
  const clock = createClock();
  const done: string[] = [];
  for (const own of keys) {
    const run = (): number => done.push(own);
    actions.add({ id: own, label: () => own, keys: [own], isPossible: () => own !== impossible, run });
  }
  const model = createKeys({ actions, isMac, delay: clock.delay });
  const typed = (press: KeyPress, focus: Focus = "none") => model.press(press, focus);
  return { done, clock, press: typed };
}

describe("keys", () => {
  it("run the action that has them, and are taken then alone", () => {
    const { done, press: type } = setUp(["Mod+K", "?"]);
    expect(type(press("k", CTRL))).toBe(true);
    expect(type(press("k"))).toBe(false);
    expect(type(press("?", { shiftKey: true }))).toBe(true);
    expect(done).toEqual(["Mod+K", "?"]);
  });

  it("run nothing that is impossible now", () => {
    const { done, press: type } = setUp(["Mod+K"], { impossible: "Mod+K" });
    expect(type(press("k", CTRL))).toBe(false);
    expect(done).toEqual([]);
  });

  it("follow one another, within a time", () => {
    const { done, clock, press: type } = setUp(["G S", "S"]);
    expect(type(press("g"))).toBe(true);
    expect(type(press("s"))).toBe(true);
    type(press("g"));
    clock.pass(1_500);
    type(press("s"));
    expect(done).toEqual(["G S", "S"]);
  });

  it("stand for themselves where they do not complete what was begun", () => {
    const { done, press: type } = setUp(["G S", "X"]);
    type(press("g"));
    expect(type(press("x"))).toBe(true);
    expect(type(press("s"))).toBe(false);
    expect(done).toEqual(["X"]);
  });

  it.each<[Focus, string, Partial<KeyPress>, boolean]>([
    ["field", "g", {}, false],
    ["field", "/", {}, false],
    ["field", "k", CTRL, true],
    ["list", "g", {}, false],
    ["list", "/", {}, true],
    ["list", "2", { altKey: true, code: "Digit2" }, true],
    ["list", "ArrowDown", {}, false],
    ["control", "g", {}, true],
    ["control", " ", {}, false],
    ["none", " ", {}, true],
  ])("where a %s has the keyboard, %s with %o is free: %s", (focus, key, held, isFree) => {
    const { press: type } = setUp(["G S", "/", "Mod+K", "Alt+2", "ArrowDown", "Space"]);
    expect(type(press(key, held), focus)).toBe(isFree);
  });

  it("goes on in a list with what was begun outside it", () => {
    const { done, press: type } = setUp(["G S"]);
    type(press("g"));
    type(press("s"), "list");
    expect(done).toEqual(["G S"]);
  });

  it("are a field's text, and complete nothing that was begun outside it", () => {
    const { done, press: type } = setUp(["G S", "G Mod+K"]);
    type(press("g"));
    expect(type(press("s"), "field")).toBe(false);
    expect(type(press("s"))).toBe(false);
    type(press("g"));
    expect(type(press("k", CTRL), "field")).toBe(true);
    expect(done).toEqual(["G Mod+K"]);
  });

  it("are read as they are written, on a Mac by its own keys", () => {
    expect(readChord(press("P", { ...CTRL, shiftKey: true }), false)).toBe("Mod+Shift+P");
    expect(readChord(press("p", { metaKey: true }), true)).toBe("Mod+P");
    expect(readChord(press("p", CTRL), true)).toBe("Ctrl+P");
    expect(readChord(press("¡", { altKey: true, code: "Digit1" }), true)).toBe("Alt+1");
    expect(readChord(press("Control", CTRL), false)).toBeNull();
    expect(parseKeys("Shift+?")).toEqual(["?"]);
    expect(parseKeys("Mod++")).toEqual(["Mod++"]);
    expect(writeKeys("Mod+Shift+P", false)).toEqual(["Ctrl+Shift+P"]);
    expect(writeKeys("Mod+Shift+P", true)).toEqual(["⌘⇧P"]);
    expect(writeKeys("G S", false)).toEqual(["G", "S"]);
  });
});
