import { describe, expect, it } from "vitest";
import { isLocalOrigin } from "../../src/cli/origin";

describe("the demo's socket", () => {
  it.each([
    "http://localhost:4000",
    "https://localhost",
    "http://127.0.0.1:4000",
    "http://127.8.9.10",
    "http://[::1]:4000",
    "http://app.localhost:4000",
    "https://shop.test",
    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
    "moz-extension://9b1d3c3e-1b1b-4b6b-8b8b-2b2b2b2b2b2b",
  ])("opens to a page of %s", (origin) => {
    expect(isLocalOrigin(origin)).toBe(true);
  });

  it.each([
    "https://example.com",
    "http://localhost.example.com",
    "http://notlocalhost",
    "http://localhost.",
    "http://127.0.0.1.example.com",
    "http://128.0.0.1",
    "http://[::2]",
    "http://test",
    "http://example.test.com",
    "file://",
    "null",
    "",
    "not an origin",
  ])("does not open to a page of %s", (origin) => {
    expect(isLocalOrigin(origin)).toBe(false);
  });
});
