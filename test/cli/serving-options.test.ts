import { describe, expect, it } from "vitest";
import { UsageError } from "../../src/cli/options";
import { DEFAULT_DEMO, DEFAULT_SERVING, readServing } from "../../src/cli/serving-options";

describe("how the demo is served", () => {
  it("is a channel a root, over both transports, in either version, without the lens, where nothing is said", () => {
    expect(readServing({}, DEFAULT_SERVING)).toEqual(DEFAULT_SERVING);
    expect(DEFAULT_SERVING).toEqual({ wire: "per-root", transport: "both", vsn: null, lens: false });
  });

  it("has the lens in the demo that is opened with the extension, unless that is switched off", () => {
    expect(readServing({}, DEFAULT_DEMO)).toEqual({ ...DEFAULT_SERVING, lens: true });
    expect(readServing({ "no-lens": true }, DEFAULT_DEMO)).toEqual(DEFAULT_SERVING);
  });

  it("is what is asked for", () => {
    const given = { wire: "multiplexed", transport: "longpoll", vsn: "1" };
    expect(readServing(given, DEFAULT_SERVING)).toEqual({
      wire: "multiplexed",
      transport: "longpoll",
      vsn: "1",
      lens: false,
    });
    expect(
      readServing({ wire: "per-root", transport: "websocket", vsn: "2", lens: true }, DEFAULT_SERVING),
    ).toEqual({
      wire: "per-root",
      transport: "websocket",
      vsn: "2",
      lens: true,
    });
  });

  it.each([
    [{ wire: "per_root" }, '--wire cannot be "per_root": choose one of per-root, multiplexed.'],
    [{ transport: "" }, '--transport cannot be "": choose one of websocket, longpoll, both.'],
    [{ vsn: "2.0.0" }, '--vsn cannot be "2.0.0": choose one of 1, 2.'],
    [{ wire: "constructor" }, '--wire cannot be "constructor": choose one of per-root, multiplexed.'],
    [{ lens: true, "no-lens": true }, "--lens and --no-lens contradict each other: give one of them."],
  ])("is refused for %j with a sentence", (given, sentence) => {
    expect(() => readServing(given, DEFAULT_SERVING)).toThrow(new UsageError(sentence));
  });
});
