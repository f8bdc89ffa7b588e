import type { ErrorReply } from "../../wire/refusal";

/** How much of a name that a page chose is kept in the timeline: it decides how long the name is. */
export const MAX_NAME_CHARS = 300;
/** Names that are remembered, so that each is kept once however often it comes. */
const MAX_NAMES = 10_000;

/** Topics, event names and the like, as the timeline keeps them. */
export type Names = Map<string, string>;

/** The name as it is kept: one string for all that are equal, cut where it is long. */
export function keepName(names: Names, name: string): string {
  if (name.length > MAX_NAME_CHARS) return cutText(name);
  const known = names.get(name);
  if (known !== undefined) return known;
  if (names.size >= MAX_NAMES) names.clear();
  names.set(name, name);
  return name;
}

/** An error reply whose reason is no longer than a name. */
export function keepError(error: ErrorReply | null): ErrorReply | null {
  if (error === null || error.reason === null || error.reason.length <= MAX_NAME_CHARS) return error;
  return { ...error, reason: cutText(error.reason) };
}

function cutText(text: string): string {
  // Joined from its characters, the text is a copy: a mere slice would keep the whole of it in memory.
  return `${[...text.slice(0, MAX_NAME_CHARS)].join("")}…`;
}
