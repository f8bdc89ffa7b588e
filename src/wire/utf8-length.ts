const ONE_BYTE = 0x80;
const TWO_BYTES = 0x800;
const FIRST_LEAD = 0xd800;
const FIRST_TRAIL = 0xdc00;
const LAST_TRAIL = 0xdfff;

/**
 * How many bytes a text takes in UTF-8, which is what a text frame takes on the wire. A surrogate without its partner
 * counts as the replacement character that is sent for it.
 */
export function utf8Length(text: string): number {
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < ONE_BYTE) continue;
    bytes += code < TWO_BYTES ? 1 : 2;
    // A pair takes four bytes, and is two characters.
    if (code >= FIRST_LEAD && code < FIRST_TRAIL && isTrail(text.charCodeAt(at + 1))) at++;
  }
  return bytes;
}

function isTrail(code: number): boolean {
  return code >= FIRST_TRAIL && code <= LAST_TRAIL;
}
