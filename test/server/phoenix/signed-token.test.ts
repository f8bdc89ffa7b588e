import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { signToken, verifyToken } from "../../../src/server/phoenix/signed-token";
import { lawRuns } from "../../support/law-runs";

const LATER = { maxAgeMs: 1_000, now: 6_000 };
const token = signToken("secret", "purpose", { user: 7 }, 5_000);

describe("a signed token", () => {
  it("looks like Phoenix's: three parts, the first its kind", () => {
    expect(token).toMatch(/^SFMyNTY\.[\w-]+\.[\w-]{43}$/);
  });

  it.each([
    ["in time", "secret", "purpose", LATER, { ok: true, value: { user: 7 } }],
    ["too late", "secret", "purpose", { maxAgeMs: 999, now: 6_000 }, { ok: false, failure: "expired" }],
    ["with another secret", "other", "purpose", LATER, { ok: false, failure: "invalid" }],
    ["for another purpose", "secret", "other", LATER, { ok: false, failure: "invalid" }],
  ])("verified %s", (_what, secret, purpose, when, result) => {
    expect(verifyToken(secret, purpose, token, when)).toEqual(result);
  });

  it.each(["", ".", "..", "SFMyNTY", `${token}.x`, `x${token}`, token.slice(0, -1), "x".repeat(100_000)])(
    "is none: %j",
    (text) => {
      expect(verifyToken("secret", "purpose", text, LATER)).toEqual({ ok: false, failure: "invalid" });
    },
  );

  it("gives back any JSON, and nothing once a character differs (seed 4711)", () => {
    const parts = fc.tuple(
      fc.jsonValue({ noUnicodeString: false }),
      fc.nat(),
      fc.constantFrom("A", "b", "-", "."),
    );
    fc.assert(
      fc.property(parts, ([value, at, character]) => {
        const json = JSON.parse(JSON.stringify(value));
        const signed = signToken("secret", "purpose", json, 6_000);
        expect(verifyToken("secret", "purpose", signed, LATER)).toEqual({ ok: true, value: json });
        const place = at % signed.length;
        if (signed[place] === character) return;
        const forged = signed.slice(0, place) + character + signed.slice(place + 1);
        expect(verifyToken("secret", "purpose", forged, LATER)).toEqual({ ok: false, failure: "invalid" });
      }),
      { seed: 4711, numRuns: lawRuns() },
    );
  });
});
