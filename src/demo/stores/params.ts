import { requireString } from "../../server/payload";

/** What a command or a mount comes with. */
export type Params = Parameters<typeof requireString>[0];

/** The strings under `key`; throws, and so crashes the page, where there is no list of strings. */
export function requireStrings(params: Params, key: string): readonly string[] {
  const value = Object.hasOwn(params, key) ? params[key] : undefined;
  if (isStrings(value)) return value;
  throw new Error(`The payload's "${key}" must be a list of strings, but it is ${JSON.stringify(value)}.`);
}

/** The string under `key`, trimmed; `otherwise` where there is none or an empty one. */
export function readName(params: Params, key: string, otherwise: string): string {
  const name = Object.hasOwn(params, key) ? requireString(params, key).trim() : "";
  return name === "" ? otherwise : name.slice(0, MAX_NAME);
}

/** Whether `true` stands under `key`. */
export function isTrue(params: Params, key: string): boolean {
  return Object.hasOwn(params, key) && params[key] === true;
}

const MAX_NAME = 24;

function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
