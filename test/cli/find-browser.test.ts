import { describe, expect, it } from "vitest";
import { findBrowser, type Machine } from "../../src/cli/browser/find";

function machine(platform: NodeJS.Platform, programs: readonly string[], env: Machine["env"] = {}): Machine {
  return {
    platform,
    env: { PATH: "/usr/local/bin:/usr/bin", ...env },
    home: "/home/ann",
    isExecutable: (path) => programs.includes(path),
  };
}

describe("finding a browser", () => {
  it("takes the first of those asked for that is on the PATH", () => {
    const linux = machine("linux", ["/usr/bin/firefox-esr", "/usr/bin/google-chrome"]);
    expect(findBrowser(undefined, linux)).toEqual({ name: "chrome", executable: "/usr/bin/google-chrome" });
    expect(findBrowser(["firefox"], linux)).toEqual({ name: "firefox", executable: "/usr/bin/firefox-esr" });
    expect(findBrowser(["edge"], linux)).toBeUndefined();
  });

  it("takes the PATH in its order", () => {
    const linux = machine("linux", ["/usr/bin/chromium", "/usr/local/bin/chromium"]);
    expect(findBrowser(["chromium"], linux)?.executable).toBe("/usr/local/bin/chromium");
  });

  it("takes a program that a variable names before all others", () => {
    const linux = machine("linux", ["/usr/bin/chromium", "/opt/chrome"], { CHROME_BIN: "/opt/chrome" });
    expect(findBrowser(["chromium", "chrome"], linux)).toEqual({ name: "chrome", executable: "/opt/chrome" });
    expect(findBrowser(["chromium"], linux)?.executable).toBe("/usr/bin/chromium");
  });

  it("does not take a variable's word for a program that is not there", () => {
    expect(findBrowser(["firefox"], machine("linux", [], { FIREFOX_BIN: "/opt/firefox" }))).toBeUndefined();
  });

  it("knows where macOS keeps applications, the user's own too", () => {
    const edge = "/home/ann/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge";
    expect(findBrowser(undefined, machine("darwin", [edge]))).toEqual({ name: "edge", executable: edge });
  });

  it("knows where Windows keeps programs", () => {
    const firefox = "C:\\Program Files\\Mozilla Firefox\\firefox.exe";
    const windows = machine("win32", [firefox], { PROGRAMFILES: "C:\\Program Files" });
    expect(findBrowser(undefined, windows)).toEqual({ name: "firefox", executable: firefox });
  });

  it("finds nothing on a machine without browsers", () => {
    expect(findBrowser(undefined, machine("linux", [], { PATH: undefined }))).toBeUndefined();
  });
});
