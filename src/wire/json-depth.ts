/**
 * How deep a frame may nest. Everything that walks a frame's values recurses at most this deep, so no input can
 * exhaust the stack; real payloads stay far below it.
 */
export const MAX_JSON_DEPTH = 1000;

const QUOTE = 34;
const BACKSLASH = 92;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/**
 * Whether the JSON text nests deeper than `limit`. Exact for texts that parse; for others, a text that opens that
 * many brackets at once is deep whatever follows.
 */
export function isDeeperThan(text: string, limit: number): boolean {
  // Most frames are settled here: as many levels need as many opening and closing brackets.
  if (text.length <= limit * 2) return false;
  if (countUpTo(text, "{", limit) + countUpTo(text, "[", limit) <= limit) return false;
  return nestsDeeperThan(text, limit);
}

function countUpTo(text: string, bracket: string, limit: number): number {
  let count = 0;
  for (let at = text.indexOf(bracket); at !== -1 && count <= limit; at = text.indexOf(bracket, at + 1))
    count++;
  return count;
}

function nestsDeeperThan(text: string, limit: number): boolean {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfString(text, at);
    } else if (code === OPEN_BRACKET || code === OPEN_BRACE) {
      if (++depth > limit) return true;
    } else if (code === CLOSE_BRACKET || code === CLOSE_BRACE) {
      depth--;
    }
  }
  return false;
}

/** The position of the quote that ends the string which starts at `start`; the text's end where none does. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) return at;
    if (code === BACKSLASH) at++;
  }
  return text.length;
}
