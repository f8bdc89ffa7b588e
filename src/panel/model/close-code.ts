/**
 * The codes with which a socket closes of which something can be said: those of WebSockets (RFC 6455 section 7.4.1 and
 * the IANA registry), and those that Phoenix's client gives to the end of a long poll (wire.md 1.6).
 */
const KNOWN = [
  ...([1000, 1001, 1002, 1003, 1005, 1006, 1007, 1008] as const),
  ...([1009, 1010, 1011, 1012, 1013, 1014, 1015, 3000, 3003, 3008, 3410] as const),
] as const;

export type KnownCode = (typeof KNOWN)[number];

/** What a code is: a known one, or one of a range that has an owner. */
export type CodeMeaning = KnownCode | "library" | "app" | "unknown";

export function meaningOf(code: number): CodeMeaning {
  const known = KNOWN.find((one) => one === code);
  if (known !== undefined) return known;
  if (code >= 3000 && code < 4000) return "library";
  return code >= 4000 && code < 5000 ? "app" : "unknown";
}

/** Whether Phoenix's client connects again by itself after this code (wire.md 2.1). */
export function isFinal(code: number): boolean {
  return code === 1000 || code === 1005;
}
