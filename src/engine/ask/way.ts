import { formatPointer } from "../../wire/json-pointer";

/** A path, from its end back, so that brothers share it. */
export type Way = { readonly token: string; readonly before: Way | null };

/** The pointer that goes this way. */
export function formatWay(way: Way | null): string {
  const tokens: string[] = [];
  for (let one = way; one !== null; one = one.before) tokens.push(one.token);
  return formatPointer(tokens.reverse());
}
