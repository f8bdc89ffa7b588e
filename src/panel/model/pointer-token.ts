/** A token as a JSON Pointer has it (RFC 6901 section 3). */
export function escapeToken(token: string): string {
  return token.replaceAll("~", "~0").replaceAll("/", "~1");
}
