/** The end of an exhaustive switch: does not compile where a case is missing, and throws where a type lied. */
export function assertNever(value: never): never {
  throw new Error(`A case is missing for ${String(JSON.stringify(value))}.`);
}
