import { describe, expect, it } from "vitest";
import { permissionPage, readPermissionRequest } from "../../src/bridge/permission-request";

describe("a request for a site", () => {
  it("is read as it was written into the address of its page", () => {
    for (const request of [
      { site: "https://example.com/*", tab: 7 },
      { site: "http://[::1]/*", tab: null },
      { site: null, tab: 7 },
      { site: null, tab: null },
    ]) {
      const { pathname, search } = new URL(permissionPage(request), "chrome-extension://id");
      expect(pathname).toBe("/src/permission/permission.html");
      expect(readPermissionRequest(search)).toEqual(request);
    }
  });

  it.each([
    "<all_urls>",
    "*://*/*",
    "https://*/*",
    "https://*.example.com/*",
    "https://example.com/",
    "https://example.com/path/*",
    "https://example.com:4000/*",
    "https://user@example.com/*",
    "https://EXAMPLE.com/*",
    "file:///*",
    "javascript:alert(1)",
    "",
  ])("is none for %j, which is no site of a page", (site) => {
    expect(readPermissionRequest(`?${new URLSearchParams({ site, tab: "1" })}`).site).toBeNull();
  });

  it.each(["-1", "1.5", "x", "", "1e3", "9".repeat(30)])("is for no tab when that is %j", (tab) => {
    expect(readPermissionRequest(`?${new URLSearchParams({ tab })}`).tab).toBeNull();
  });
});
