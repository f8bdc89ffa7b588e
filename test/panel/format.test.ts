import { describe, expect, it } from "vitest";
import { gridTarget } from "../../src/panel/model/grid-keys";
import { formatBytes, formatDuration, formatEndpoint, formatTime } from "../../src/panel/view/format";

describe("figures for a person", () => {
  it.each([
    [0.4, "0.000"],
    [821, "0.821"],
    [59_999.9, "1:00.000"],
    [182_345.2, "3:02.345"],
  ])("time %d is %s", (t, shown) => expect(formatTime(t)).toBe(shown));

  it.each([
    [0.089, "0.09 ms"],
    [3.1, "3.1 ms"],
    [212.4, "212 ms"],
    [1_234, "1.2 s"],
    [180_000, "3 min"],
  ])("%d milliseconds are %s", (ms, shown) => expect(formatDuration(ms)).toBe(shown));

  it.each([
    [0, "0 B"],
    [999, "999 B"],
    [1_234, "1.2 kB"],
    [3_400_000, "3.4 MB"],
  ])("%d bytes are %s", (bytes, shown) => expect(formatBytes(bytes)).toBe(shown));

  it.each([
    ["ws://localhost:4000/socket/websocket", "localhost:4000/socket"],
    ["https://a.test/live/longpoll", "a.test/live"],
    ["wss://a.test", "a.test"],
  ])("%s is %s", (endpoint, shown) => expect(formatEndpoint(endpoint)).toBe(shown));
});

describe("keys in a list", () => {
  it.each([
    ["ArrowDown", null, 0],
    ["ArrowDown", 99, 99],
    ["ArrowUp", null, 99],
    ["ArrowUp", 0, 0],
    ["PageDown", 5, 25],
    ["PageUp", 5, 0],
    ["Home", 50, 0],
    ["End", 50, 99],
    ["a", 50, null],
  ])("%s from row %j of 100 goes to %j", (key, present, target) => {
    expect(gridTarget(pressed(key), present, 100)).toBe(target);
  });

  it("go nowhere in an empty one, or with a modifier", () => {
    expect(gridTarget(pressed("End"), null, 0)).toBeNull();
    expect(gridTarget({ ...pressed("End"), altKey: true }, null, 100)).toBeNull();
  });
});

const pressed = (key: string) => ({ key, ctrlKey: false, metaKey: false, altKey: false });
