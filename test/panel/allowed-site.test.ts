import { describe, expect, it } from "vitest";
import { isAllowed, isOneSite } from "../../src/panel/model/allowed-site";

describe("a site that was allowed", () => {
  it.each([
    ["https://example.com/*", "https://example.com/", true],
    ["https://example.com/*", "https://example.com:8443/a?b#c", true],
    ["https://example.com/*", "http://example.com/", false],
    ["https://example.com/*", "https://www.example.com/", false],
    ["https://example.com/*", "https://example.com.evil.org/", false],
    ["*://example.com/*", "http://example.com/", true],
    ["https://*.example.com/*", "https://example.com/", true],
    ["https://*.example.com/*", "https://a.b.example.com/", true],
    ["https://*.example.com/*", "https://badexample.com/", false],
    ["https://*/*", "https://example.com/", true],
    ["https://*/*", "http://example.com/", false],
    ["*://*/*", "ftp://example.com/", false],
    ["<all_urls>", "http://example.com/", true],
    ["<all_urls>", "chrome://version/", false],
    ["file:///*", "https://example.com/", false],
    ["https://example.com/*", "no address", false],
  ])("%s and the page %s: %s", (site, url, allowed) => {
    expect(isAllowed([site], url)).toBe(allowed);
  });

  it("is not needed for local hosts", () => {
    expect(isAllowed([], "http://shop.test:4000/")).toBe(true);
    expect(isAllowed([], "https://example.com/")).toBe(false);
  });

  it.each([
    ["https://example.com/*", true],
    ["http://127.0.0.1/*", true],
    ["*://example.com/*", false],
    ["https://*.example.com/*", false],
    ["<all_urls>", false],
  ])("%s is one site that can be taken back here: %s", (site, one) => {
    expect(isOneSite(site)).toBe(one);
  });
});
