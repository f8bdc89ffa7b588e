import { IncomingMessage } from "node:http";
import { Socket } from "node:net";
import { describe, expect, it } from "vitest";
import { type CheckOrigin, createOriginCheck } from "../../../../src/server/phoenix/http/origin";

function isAllowed(rule: CheckOrigin, origin: string | undefined, host = "app.test:4000"): boolean {
  const request = new IncomingMessage(new Socket());
  request.headers.host = host;
  if (origin !== undefined) request.headers.origin = origin;
  return createOriginCheck(rule)(request);
}

describe("a page's origin", () => {
  it.each([
    ["http://app.test", true],
    ["https://app.test:5173", true],
    ["http://APP.test", true],
    ["http://evil.test", false],
    ["http://app.test.evil.test", false],
    ["null", false],
    ["chrome-extension://abcdefgh", false],
    ["no origin at all", false],
    [undefined, true],
  ])("%s, checked against the request's own host, passes: %j", (origin, passes) => {
    expect(isAllowed(true, origin)).toBe(passes);
  });

  it("is checked against a host with an IPv6 address too, and never passes without one", () => {
    expect(isAllowed(true, "http://[::1]:9", "[::1]:4000")).toBe(true);
    expect(isAllowed(true, "http://app.test", "")).toBe(false);
  });

  it.each([
    ["//app.test", "https://app.test:9", true],
    ["//app.test", "https://sub.app.test", false],
    ["https://app.test", "https://app.test:9", true],
    ["https://app.test", "http://app.test", false],
    ["https://app.test:443", "https://app.test", true],
    ["//app.test:9", "https://app.test", false],
    ["//*.app.test", "https://a.b.app.test", true],
    ["//*.app.test", "https://app.test", false],
    ["//*.app.test", "https://evilapp.test", false],
    ["//[::1]", "http://[::1]:4000", true],
    ["chrome-extension://abc", "chrome-extension://abc", true],
  ])("that is listed as %s lets %s pass: %j", (listed, origin, passes) => {
    expect(isAllowed([listed], origin)).toBe(passes);
  });

  it.each(["app.test", "https://", "https://app.test/path", "//a.*.test"])(
    "listed as %s is refused at its declaration",
    (listed) => {
      expect(() => createOriginCheck([listed])).toThrow(listed);
    },
  );

  it("may be decided by a function, or not be checked", () => {
    expect(isAllowed((origin) => origin.endsWith(".test"), "https://any.test")).toBe(true);
    expect(isAllowed((origin) => origin.endsWith(".test"), "https://any.com")).toBe(false);
    expect(isAllowed(false, "https://evil.test")).toBe(true);
  });
});
