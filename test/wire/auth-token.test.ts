import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { encodeAuthToken, isAuthTokenProtocol, readAuthToken } from "../../src/wire/auth-token";
import { lawRuns } from "../support/law-runs";

const PREFIX = "base64url.bearer.phx.";

describe("the auth token among a socket's subprotocols (wire.md 1.5)", () => {
  it("is written as phoenix.js does: standard base64 without padding", () => {
    expect(encodeAuthToken("secret")).toEqual(["phoenix", `${PREFIX}c2VjcmV0`]);
    expect(encodeAuthToken("ada")).toEqual(["phoenix", `${PREFIX}YWRh`]);
    expect(encodeAuthToken("?>?")).toEqual(["phoenix", `${PREFIX}Pz4/`]);
    expect(encodeAuthToken("a")).toEqual(["phoenix", `${PREFIX}YQ`]);
    expect(encodeAuthToken("")).toEqual(["phoenix"]);
  });

  it("is read wherever it stands, and a JWT too", () => {
    const jwt = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhZGEifQ.x-_x";
    expect(readAuthToken(encodeAuthToken(jwt))).toBe(jwt);
    expect(readAuthToken([`${PREFIX}c2VjcmV0`, "phoenix"])).toBe("secret");
  });

  it.each([
    ["no protocols", []],
    ["none of them a token", ["phoenix", "graphql-ws"]],
    ["a token that is empty", ["phoenix", PREFIX]],
    ["padding", [`${PREFIX}YQ==`]],
    ["the alphabet of base64url", [`${PREFIX}Pz4_`]],
    ["spaces, which atob skips", [`${PREFIX}YW Rh`]],
    ["a length that no bytes have", [`${PREFIX}YWRhY`]],
    ["another case", ["Base64url.bearer.phx.YWRh"]],
  ])("is null for %s", (_, protocols) => {
    expect(readAuthToken(protocols)).toBeNull();
  });

  it("is recognised where it cannot be read, for it is a secret still", () => {
    expect([`${PREFIX}YWRh`, `${PREFIX}%%`, PREFIX, "phoenix", ""].map(isAuthTokenProtocol)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("has only characters that stand for a byte", () => {
    expect(readAuthToken(encodeAuthToken("ÿ"))).toBe("ÿ");
    expect(() => encodeAuthToken("Ā")).toThrow();
  });

  it("is read as it was written (seed 9), and never throws on anything (seed 10)", () => {
    const token = fc.string({
      unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)),
    });
    fc.assert(
      fc.property(token, (given) => {
        expect(readAuthToken(encodeAuthToken(given))).toBe(given === "" ? null : given);
      }),
      { seed: 9, numRuns: lawRuns() },
    );
    fc.assert(
      fc.property(fc.array(fc.string().map((rest) => PREFIX + rest)), (protocols) => {
        readAuthToken(protocols);
      }),
      { seed: 10, numRuns: lawRuns() },
    );
  });
});
