import { canonicalNumber, mayRound, numberLiterals, survives } from "../wire/number-text";

/** The long numbers that the server has written in a session, by the double that each of them is to JavaScript. */
export type SourceNumbers = {
  /** Takes the text of a frame. */
  readonly note: (text: string) => void;
  /** How it was written; null: in several ways that are not the same number; undefined: by no long number that is known. */
  readonly literalOf: (value: number) => string | null | undefined;
  /** Grows when a double comes to be known as one that a literal was rounded to, or that was written in several ways. */
  readonly roundings: () => number;
};

/** Doubles that are remembered; of others it stays unknown how they were written. */
const MAX_NUMBERS = 50_000;

/** A longer literal is never shown. */
export const MAX_LITERAL_CHARS = 400;

export function createSourceNumbers(): SourceNumbers {
  const literals = new Map<number, string | null>();
  let roundings = 0;

  function noteLiteral(literal: string): void {
    const value = Number(literal);
    const known = literals.get(value);
    if (known === undefined) {
      if (literals.size >= MAX_NUMBERS) return;
      // Joined from its characters, it is a copy: a mere slice would keep the whole frame in memory.
      literals.set(value, literal.length > MAX_LITERAL_CHARS ? null : [...literal].join(""));
      if (!survives(literal)) roundings++;
    } else if (known !== null && known !== literal && canonicalNumber(known) !== canonicalNumber(literal)) {
      literals.set(value, null);
      roundings++;
    }
  }

  return {
    note(text) {
      if (!mayRound(text)) return;
      for (const { literal } of numberLiterals(text)) if (mayRound(literal)) noteLiteral(literal);
    },
    literalOf: (value) => literals.get(value),
    roundings: () => roundings,
  };
}
