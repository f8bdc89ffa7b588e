import type english from "../../../_locales/en/messages.json";

/** The name of a message in `_locales`. */
export type MessageName = keyof typeof english;

/** The names of messages in two forms, `NAME_one` and `NAME_other`. */
type CountedName = MessageName extends infer Name ? (Name extends `${infer Stem}_one` ? Stem : never) : never;

/** Gives a message of the language that is spoken, `$1` to `$9` in it replaced; undefined or empty: it has none. */
export type LookUp = (name: string, parts: readonly string[]) => string | undefined;

let lookUp: LookUp = () => undefined;
let locale = "en";
let plurals = new Intl.PluralRules(locale);

/** Chooses the language, once, before anything is shown. */
export function speak(words: LookUp, language: string): void {
  lookUp = words;
  locale = language;
  plurals = new Intl.PluralRules(locale);
}

/** The message in the language that is spoken; its own name where there is none. */
export function say(name: MessageName, ...parts: readonly (string | number)[]): string {
  const words = parts.map((part) => (typeof part === "number" ? part.toLocaleString(locale) : part));
  return lookUp(name, words) || name;
}

/** The form of a message that goes with a number, which is its first part. */
export function sayCount(name: CountedName, count: number, ...parts: readonly (string | number)[]): string {
  const form = plurals.select(count) === "one" ? "one" : "other";
  return say(`${name}_${form}` as MessageName, count, ...parts);
}

/** A look-up in the content of a `messages.json`, for a page that is no extension's. */
export function lookUpIn(messages: { readonly [name: string]: { readonly message: string } }): LookUp {
  return (name, parts) =>
    messages[name]?.message.replace(/\$(\d)/g, (_, nth: string) => parts[Number(nth) - 1] ?? "");
}
