import type english from "../../../_locales/en/messages.json";

/** The name of a message in `_locales`. */
export type MessageName = keyof typeof english;

/** The names of messages in two forms, `NAME_one` and `NAME_other`. */
type CountedName = MessageName extends infer Name ? (Name extends `${infer Stem}_one` ? Stem : never) : never;

/** What a `messages.json` says, as far as it is read here; the parts of a message stand in it as `$1` to `$9`. */
export type Messages = { readonly [name: string]: { readonly message: string } };

let messages: Messages = {};
let locale = "en";
let plurals = new Intl.PluralRules(locale);
let numbers = new Intl.NumberFormat(locale);

/** Chooses the language, once, before anything is shown. */
export function speak(words: Messages, language: string): void {
  messages = words;
  locale = language;
  plurals = new Intl.PluralRules(locale);
  numbers = new Intl.NumberFormat(locale);
}

/** A number as the language writes it. */
export function sayNumber(number: number): string {
  return numbers.format(number);
}

/** A time as the language writes it. @param ms since the epoch */
export function sayDate(ms: number, style: Intl.DateTimeFormatOptions): string {
  return new Date(ms).toLocaleString(locale, style);
}

/** The message in the language that is spoken; its own name where there is none. */
export function say(name: MessageName, ...parts: readonly (string | number)[]): string {
  return (sayIfAny(name) ?? name).replace(/\$(\d)/g, (_, nth: string) => {
    const part = parts[Number(nth) - 1] ?? "";
    return typeof part === "number" ? sayNumber(part) : part;
  });
}

/** The message of a name that is put together of what is not known here; null where there is none. */
export function sayIfAny(name: string): string | null {
  return messages[name]?.message ?? null;
}

/** The form of a message that goes with a number, which is its first part. */
export function sayCount(name: CountedName, count: number, ...parts: readonly (string | number)[]): string {
  const form = plurals.select(count) === "one" ? "one" : "other";
  return say(`${name}_${form}` as MessageName, count, ...parts);
}
