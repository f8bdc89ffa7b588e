import { parseCookie } from "cookie";
import { isJsonObject, type JsonObject } from "../../../wire/json";
import { signToken, verifyToken } from "../signed-token";

/** Where a mounted socket finds the session of a page: in a cookie that the server has signed. */
export type SessionCookie = {
  readonly cookie: string;
  /** Two weeks where it says nothing. */
  readonly maxAgeMs?: number;
};

const DEFAULT_MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
/** Browsers send less in all. */
const MAX_HEADER_CHARS = 64 * 1024;

/** The cookie's value for this session; the HTTP side of an application sets it. `now` in milliseconds since 1970. */
export function signSession(secret: string, cookie: string, session: JsonObject, now: number): string {
  return signToken(secret, purposeOf(cookie), session, now);
}

/**
 * The session in a request's `Cookie` header; null where the cookie is absent, expired, or not signed with this secret.
 * Browsers send cookies with the requests of any page: only the check of the origin keeps others from using them.
 */
export function readSession(
  secret: string,
  { cookie, maxAgeMs = DEFAULT_MAX_AGE_MS }: SessionCookie,
  header: string | undefined,
  now: number,
): JsonObject | null {
  if (header === undefined || header.length > MAX_HEADER_CHARS) return null;
  const token = parseCookie(header)[cookie];
  if (token === undefined) return null;
  const session = verifyToken(secret, purposeOf(cookie), token, { maxAgeMs, now });
  return session.ok && isJsonObject(session.value) ? session.value : null;
}

function purposeOf(cookie: string): string {
  return `session ${cookie}`;
}
