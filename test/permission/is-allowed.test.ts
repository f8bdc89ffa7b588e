import { describe, expect, it } from "vitest";
import { LOCAL_SITES } from "../../src/bridge/site";
import { isAllowed } from "../../src/permission/is-allowed";

describe("a site", () => {
  it("is allowed once somebody has allowed it", async () => {
    const chrome = permissions({ contained: ["https://example.com/*"], origins: LOCAL_SITES });
    expect(await isAllowed("https://example.com/*", chrome)).toBe(true);
    expect(await isAllowed("https://example.org/*", chrome)).toBe(false);
  });

  it("is allowed by itself where it is local, though Chrome does not count it", async () => {
    const chrome = permissions({ contained: [], origins: LOCAL_SITES });
    expect(await isAllowed("http://localhost/*", chrome)).toBe(true);
    expect(await isAllowed("http://app.test/*", chrome)).toBe(true);
    expect(await isAllowed("http://localhost.example.com/*", chrome)).toBe(false);
  });

  it("is not allowed where it is local and was taken back in Firefox, which leaves the others", async () => {
    const origins = LOCAL_SITES.slice(1);
    const firefox = permissions({ contained: ["http://app.test/*"], origins });
    expect(await isAllowed("http://localhost/*", firefox)).toBe(false);
    expect(await isAllowed("http://app.test/*", firefox)).toBe(true);
  });
});

function permissions(granted: {
  readonly contained: readonly string[];
  readonly origins: readonly string[];
}) {
  return {
    contains: async ({ origins }: { origins: string[] }) =>
      origins.every((origin) => granted.contained.includes(origin)),
    getAll: async () => ({ origins: granted.origins }),
  };
}
