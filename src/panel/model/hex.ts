/** Bytes on one line. */
const BYTES_A_LINE = 16;

const FIRST_PRINTABLE = 0x20;
const LAST_PRINTABLE = 0x7e;

/** A line of bytes: where it begins, each byte as two hexadecimal digits, and as a character of ASCII where it is one. */
export type HexLine = { readonly offset: string; readonly hex: string; readonly text: string };

/** The bytes that base64 text holds; null where it is no base64 (RFC 4648 section 4). */
export function bytesOf(base64: string): Uint8Array | null {
  try {
    return Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  } catch {
    return null;
  }
}

export function countLines(bytes: Uint8Array): number {
  return Math.ceil(bytes.length / BYTES_A_LINE);
}

/** The line of this number, counted from 0. Its digits stand in two groups of eight bytes. */
export function hexLine(bytes: Uint8Array, line: number): HexLine {
  const offset = line * BYTES_A_LINE;
  const own = [...bytes.subarray(offset, offset + BYTES_A_LINE)];
  const half = BYTES_A_LINE / 2;
  return {
    offset: offset.toString(16).padStart(8, "0"),
    hex: [own.slice(0, half), own.slice(half)].map(toDigits).join("  ").trimEnd(),
    text: own.map(toCharacter).join(""),
  };
}

/** All bytes as hexadecimal digits, a line each, for copying. */
export function toHex(bytes: Uint8Array): string {
  return Array.from({ length: countLines(bytes) }, (_, line) => hexLine(bytes, line).hex).join("\n");
}

function toDigits(bytes: readonly number[]): string {
  return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
}

function toCharacter(byte: number): string {
  return byte >= FIRST_PRINTABLE && byte <= LAST_PRINTABLE ? String.fromCharCode(byte) : ".";
}
