/** Significant digits that a double holds whichever they are. */
const SAFE_DIGITS = 15;

/** More digits than that, or an exponent that may lead out of the range of doubles. */
const MAY_ROUND = /\d(?:\.?\d){15}|[eE][+-]?\d{3}/;

const LITERAL = /-?\d[\d.]*(?:[eE][+-]?\d+)?/g;
const PARTS = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/;

/** Whether a JSON text, or a number literal, may be one that parsing rounds. Cheap: asked of every frame. */
export function mayRound(text: string): boolean {
  return MAY_ROUND.test(text);
}

/** A number literal, and where in the text it begins. */
export type NumberLiteral = { readonly literal: string; readonly at: number };

/** The number literals of a valid JSON text, in order. */
export function* numberLiterals(text: string): Generator<NumberLiteral> {
  for (let at = 0; at < text.length; ) {
    const quote = text.indexOf('"', at);
    const end = quote === -1 ? text.length : quote;
    for (const { 0: literal, index } of text.slice(at, end).matchAll(LITERAL))
      yield { literal, at: at + index };
    at = quote === -1 ? end : endOfString(text, quote);
  }
}

/** Where what follows the string that begins at `quote` stands. */
function endOfString(text: string, quote: number): number {
  for (let at = text.indexOf('"', quote + 1); at !== -1; at = text.indexOf('"', at + 1)) {
    let first = at;
    while (text[first - 1] === "\\") first--;
    if ((at - first) % 2 === 0) return at + 1;
  }
  return text.length;
}

/** Whether parsing a literal and writing the number again gives the same number (RFC 8259 section 6). */
export function survives(literal: string): boolean {
  return canonicalNumber(literal) === canonicalNumber(String(Number(literal)));
}

/** Equal for the literals of equal numbers, however they are written; a text that is no literal stands for itself. */
export function canonicalNumber(literal: string): string {
  const [, sign = "", whole = "", fraction = "", exponent = "0"] = PARTS.exec(literal) ?? [];
  if (whole === "") return literal;
  const digits = `${whole}${fraction}`.replace(/^0+/, "");
  let end = digits.length;
  while (digits[end - 1] === "0") end--;
  if (end === 0) return "0";
  const significant = digits.slice(0, end);
  const power = Number(exponent) - fraction.length + digits.length - end;
  return `${sign}${significant}e${power}`;
}

/** Whether a double is written with so many digits that only a literal of at least as many can have given it. */
export function hasLongDigits(value: number): boolean {
  const significant = canonicalNumber(String(value)).replace(/^-|e.*$/g, "");
  return significant.length > SAFE_DIGITS;
}
