import { describe, expect, it } from "vitest";
import type { Json } from "../../src/wire/json";
import { classifyDenial, classifyError, readRefusal } from "../../src/wire/refusal";

const refused = (response: Json, status = "error"): Json => ({ status, response });
const kindOf = (reason: string) => classifyError(refused({ reason }))?.kind;

describe("an error reply (wire.md 11)", () => {
  it.each([
    "missing required field",
    "missing root id",
    "params must be a map",
    "root already mounted",
    "already_mounted",
    "unknown root",
    "declared store is not a root store",
    "unknown store",
    "unknown command",
    "unknown upload",
    "missing Musubi socket",
    "missing Musubi connection socket",
    "internal error",
    "missing module",
    "missing id",
    'module "No.Such" is not in the channel allowlist',
    'module "No.Such" is not loadable',
    'module "A "quoted"\nname" is not a Musubi root store',
  ])("is Musubi's: %s", (reason) => {
    const error = classifyError(refused({ reason }));
    expect(error).toEqual({ kind: "musubi", reason, meaning: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(readRefusal(refused({ reason }))).toEqual({ reason, meaning: error?.meaning });
  });

  it.each(["join crashed", "unmatched topic", "too many channels joined"])("is Phoenix's: %s", (reason) => {
    const error = classifyError(refused({ reason }));
    expect(error).toEqual({ kind: "phoenix", reason, meaning: expect.stringMatching(/^[A-Z].*\.$/) });
    expect(readRefusal(refused({ reason }))).toEqual({ reason, meaning: error?.meaning });
  });

  it.each([
    ["forbidden", ["forbidden", "Forbidden", ":forbidden", "FORBIDDEN"]],
    ["not_found", ["not_found", "not found", "Not Found", ":not_found", "notFound", "not-found"]],
    ["noop", ["noop", "no_op", ":noop", "no-op"]],
    ["invalid", ["invalid", ":invalid", "invalid_params", "Bad Request"]],
    ["rate_limited", ["rate limited", "rate_limited", "rateLimited", "rate limit", "rate limit exceeded"]],
    ["rate_limited", ["too_many_requests", "Too Many Requests", ":too_many_requests"]],
    ["unauthorized", ["unauthorized", "Unauthorized", ":unauthorized"]],
  ])("is %s in the ways that servers write it", (kind, reasons) => {
    expect(reasons.map(kindOf)).toEqual(reasons.map(() => kind));
  });

  it("tells what unauthorized means, and of an app's other words nothing", () => {
    const meaning = "The server does not let this page in.";
    expect(classifyError(refused({ reason: "unauthorized" }))).toMatchObject({ meaning });
    expect(readRefusal(refused({ reason: "unauthorized" }))).toEqual({ reason: "unauthorized", meaning });
    expect(classifyError(refused({ reason: "forbidden" }))).toMatchObject({ meaning: null });
    expect(readRefusal(refused({ reason: "forbidden" }))).toBeNull();
  });

  it.each(["full", "Invalid email", "Unknown Command", "forbidden fruit", "constructor", "__proto__", ""])(
    "keeps an app's own words verbatim: %j",
    (reason) => {
      expect(classifyError(refused({ reason }))).toEqual({ kind: "other", reason, meaning: null });
      expect(readRefusal(refused({ reason }))).toBeNull();
    },
  );

  it("takes a word that goes on and on for a sentence", () => {
    expect(kindOf(`forbidden${" ".repeat(31)}`)).toBe("forbidden");
    expect(kindOf(`forbidden${" ".repeat(32)}`)).toBe("other");
  });

  it("takes the first string among code, error and reason", () => {
    const reasonOf = (response: Json) => classifyError(refused(response))?.reason;
    expect(reasonOf({ reason: "c", error: "b", code: "a" })).toBe("a");
    expect(reasonOf({ reason: "c", error: "b", code: 1 })).toBe("b");
    expect(reasonOf({ reason: "c", error: { code: "deep" } })).toBe("c");
    expect(reasonOf({ why: "x" })).toBeNull();
    expect(reasonOf("forbidden")).toBeNull();
    expect(reasonOf(JSON.parse('{"__proto__":{"code":"a"}}'))).toBeNull();
  });

  it("has any status but ok", () => {
    expect(classifyError(refused({ code: "not_found" }, "weird_status"))?.kind).toBe("not_found");
    expect(classifyError(refused({ code: "not_found" }, "ok"))).toBeNull();
    expect(classifyError({ response: { code: "not_found" } })).toBeNull();
    expect(classifyError(null)).toBeNull();
    expect(classifyError({ status: "error" })).toEqual({ kind: "other", reason: null, meaning: null });
  });
});

describe("a refusal", () => {
  it("is of status error, and the reason itself says it in the server's way", () => {
    expect(readRefusal(refused({ reason: "unknown store" }, "weird_status"))).toBeNull();
    expect(readRefusal(refused({ code: "unknown store" }))).toBeNull();
    expect(readRefusal(refused({ reason: ":unauthorized" }))).toBeNull();
    expect(readRefusal(refused({ code: "full", reason: "unknown store" }))).toBeNull();
    expect(readRefusal(null)).toBeNull();
  });
});

describe("a hook's denial (wire.md 11)", () => {
  it("is an ok reply whose response has ok: false", () => {
    const denied = refused({ ok: false, reason: "unauthorized" }, "ok");
    expect(classifyDenial(denied)).toEqual({ kind: "unauthorized", reason: "unauthorized" });
    expect(classifyDenial(refused({ ok: false, error: "Too poor" }, "ok"))).toEqual({
      kind: "other",
      reason: "Too poor",
    });
    expect(classifyDenial(refused({ ok: false }, "ok"))).toEqual({ kind: "other", reason: null });
    expect(classifyError(denied)).toBeNull();
  });

  it.each([
    ["ok: true", refused({ ok: true, reason: "unauthorized" }, "ok")],
    ["no ok", refused({ reason: "unauthorized" }, "ok")],
    ["an ok that is only falsy", refused({ ok: 0 }, "ok")],
    ["an inherited ok", JSON.parse('{"status":"ok","response":{"__proto__":{"ok":false}}}')],
    ["an error reply", refused({ ok: false }, "error")],
    ["no reply", null],
  ])("is not one with %s", (_, payload) => {
    expect(classifyDenial(payload)).toBeNull();
  });
});
