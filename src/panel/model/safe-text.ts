/** A run of text; one that is `escaped` stands for a character that would not show as itself. */
export type TextRun = { readonly text: string; readonly escaped: boolean };

/**
 * Characters that show as nothing, as something else, or that reorder what stands around them: controls, invisible
 * spaces, bidirectional marks and overrides, tags, and halves of surrogate pairs. The joiners U+200C and U+200D stay:
 * emoji and many scripts need them.
 */
const UNSAFE =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]|\p{Surrogate}/gu;

const SHORT: ReadonlyMap<string, string> = new Map([
  ["\n", "\\n"],
  ["\r", "\\r"],
  ["\t", "\\t"],
]);

/** Splits text so that every unsafe character is written as its escape: `\n`, `\u202e`, `\u{e0041}`. */
export function safeRuns(text: string): readonly TextRun[] {
  const runs: TextRun[] = [];
  let at = 0;
  for (const match of text.matchAll(UNSAFE)) {
    if (match.index > at) runs.push({ text: text.slice(at, match.index), escaped: false });
    runs.push({ text: escapeCharacter(match[0]), escaped: true });
    at = match.index + match[0].length;
  }
  if (at < text.length || runs.length === 0) runs.push({ text: text.slice(at), escaped: false });
  return runs;
}

/** The same as one string, for places that take nothing else: titles, labels. */
export function safeString(text: string): string {
  return text.replace(UNSAFE, escapeCharacter);
}

/** Cuts without splitting a surrogate pair. */
export function cutText(text: string, length: number): string {
  if (text.length <= length) return text;
  const last = text.charCodeAt(length - 1);
  return text.slice(0, last >= 0xd800 && last <= 0xdbff ? length - 1 : length);
}

function escapeCharacter(character: string): string {
  const short = SHORT.get(character);
  if (short !== undefined) return short;
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}
