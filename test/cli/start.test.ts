import { describe, expect, it } from "vitest";
import type { BrowserName, FoundBrowser } from "../../src/cli/browser/find";
import { chooseBrowser } from "../../src/cli/start";

const firefox: FoundBrowser = { name: "firefox", executable: "/usr/bin/firefox" };
const findFirefox = (names?: readonly BrowserName[]): FoundBrowser | undefined =>
  names?.includes("firefox") ? firefox : undefined;
const desktop = { platform: "linux", env: { DISPLAY: ":0" } };

describe("the browser that start opens", () => {
  it("is the first that is found, or the one asked for", () => {
    expect(chooseBrowser(undefined, findFirefox, desktop)).toBe(firefox);
    expect(chooseBrowser("firefox", findFirefox, desktop)).toBe(firefox);
  });

  it("is none, for a reason that is said, without one", () => {
    expect(chooseBrowser("chrome", findFirefox, desktop)).toEqual({
      reason: expect.stringContaining("chrome was not found"),
    });
    expect(chooseBrowser("none", findFirefox, desktop)).toEqual({ reason: expect.stringContaining("asked") });
  });

  it("is none on a Linux without a display, of whichever kind", () => {
    expect(chooseBrowser(undefined, findFirefox, { platform: "linux", env: {} })).toEqual({
      reason: expect.stringContaining("no display"),
    });
    expect(chooseBrowser(undefined, findFirefox, { platform: "linux", env: { WAYLAND_DISPLAY: "w" } })).toBe(
      firefox,
    );
    expect(chooseBrowser(undefined, findFirefox, { platform: "darwin", env: {} })).toBe(firefox);
  });
});
