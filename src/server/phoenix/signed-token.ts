import { createHmac, timingSafeEqual } from "node:crypto";
import { isJsonArray, type Json } from "../../wire/json";
import { parseJsonText } from "../../wire/json-text";
import { failure, type Result, success } from "../../wire/result";

/** The same first part as Phoenix's tokens have. */
const HEADER = "SFMyNTY";
/** What is longer was not signed here. */
const MAX_TOKEN_CHARS = 64 * 1024;

type TokenFault = "invalid" | "expired";

/**
 * A token that holds `value` for everyone to read, and that only who knows `secret` can make:
 * `SFMyNTY.<payload>.<HMAC-SHA256>`. A token for one purpose is none for another.
 *
 * @param now milliseconds since 1970, from which its age counts
 */
export function signToken(secret: string, purpose: string, value: Json, now: number): string {
  const payload = Buffer.from(JSON.stringify([value, now])).toString("base64url");
  const signed = `${HEADER}.${payload}`;
  return `${signed}.${signatureOf(secret, purpose, signed)}`;
}

/** The value of a token that `signToken` made with the same secret and purpose, at most `maxAgeMs` ago. */
export function verifyToken(
  secret: string,
  purpose: string,
  token: string,
  { maxAgeMs, now }: { readonly maxAgeMs: number; readonly now: number },
): Result<Json, TokenFault> {
  if (token.length > MAX_TOKEN_CHARS) return failure("invalid");
  const [header, payload = "", signature = "", ...more] = token.split(".");
  if (header !== HEADER || more.length > 0) return failure("invalid");
  // Compared as texts: several of them are one signature in base64.
  const expected = Buffer.from(signatureOf(secret, purpose, `${HEADER}.${payload}`));
  const given = Buffer.from(signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return failure("invalid");
  const parsed = parseJsonText(Buffer.from(payload, "base64url").toString("utf8"), MAX_TOKEN_CHARS);
  if (!parsed.ok || !isJsonArray(parsed.value)) return failure("invalid");
  const [value, signedAt] = parsed.value;
  if (value === undefined || typeof signedAt !== "number") return failure("invalid");
  return now - signedAt > maxAgeMs ? failure("expired") : success(value);
}

function signatureOf(secret: string, purpose: string, signed: string): string {
  const key = createHmac("sha256", secret).update(purpose).digest();
  return createHmac("sha256", key).update(signed).digest("base64url");
}
