import { describe, expect, it } from "vitest";
import { noticeFor } from "../../src/permission/notice";

const SITE = "https://example.com/*";

describe("the page that asks for a site", () => {
  it("names the site in its question and on the button", () => {
    const { heading, allow, reloads } = noticeFor("asking", SITE);
    expect(heading).toBe("Watch https://example.com?");
    expect(allow).toBe("Allow Musubi DevTools on https://example.com");
    expect(reloads).toBe(false);
  });

  it("says what came of it, and lets one ask again where nothing did", () => {
    expect(noticeFor("refused", SITE)).toMatchObject({
      heading: "Musubi DevTools was not allowed on https://example.com",
      allow: "Allow Musubi DevTools on https://example.com",
    });
    expect(noticeFor("failed", SITE)).toMatchObject({
      heading: "Musubi DevTools could not ask for https://example.com",
      allow: "Allow Musubi DevTools on https://example.com",
    });
  });

  it("offers to reload the page once it is allowed, and asks no more", () => {
    expect(noticeFor("allowed", SITE)).toMatchObject({
      heading: "Musubi DevTools runs on https://example.com",
      allow: null,
      back: "Reload the page and go back to it",
      reloads: true,
    });
  });

  it("has nothing to ask for where no extension can run", () => {
    for (const progress of ["asking", "allowed", "impossible"] as const) {
      expect(noticeFor(progress, null)).toMatchObject({ allow: null, reloads: false });
    }
  });
});
