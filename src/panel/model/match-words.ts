/** A word at the start of a label is worth more than one inside it, and that more than letters here and there. */
const START = 8;
const WORD_START = 6;
const INSIDE = 3;
const SCATTERED = 1;

/**
 * How well a label fits what is typed: each typed word must begin the label or a word in it, be inside it, or have its
 * letters in it in their order. The more, the better; null: it does not fit. Nothing typed fits everything alike.
 */
export function matchWords(typed: string, label: string): number | null {
  const text = label.toLowerCase();
  let sum = 0;
  for (const word of typed.toLowerCase().split(/\s+/)) {
    if (word === "") continue;
    const score = matchWord(word, text);
    if (score === null) return null;
    sum += score;
  }
  return sum;
}

function matchWord(word: string, text: string): number | null {
  if (text.startsWith(word)) return START;
  const at = text.indexOf(word);
  if (at !== -1)
    return text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word)) ? WORD_START : INSIDE;
  return hasLetters(word, text) ? SCATTERED : null;
}

function hasLetters(word: string, text: string): boolean {
  let from = 0;
  for (const letter of word) {
    const at = text.indexOf(letter, from);
    if (at === -1) return false;
    from = at + letter.length;
  }
  return true;
}
