/** What stands at `path` in a value that came from outside; undefined where there is no such thing. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  let inner = value;
  for (const key of path) {
    if (typeof inner !== "object" || inner === null || !Object.hasOwn(inner, key)) return undefined;
    inner = Object.getOwnPropertyDescriptor(inner, key)?.value;
  }
  return inner;
}

/** The text at `path`; throws where there is none, since a program then does not speak as we think. */
export function textAt(value: unknown, ...path: readonly (string | number)[]): string {
  const text = at(value, ...path);
  if (typeof text === "string") return text;
  throw new Error(`The answer has no text at ${path.join(".")}: ${JSON.stringify(value)}`);
}
