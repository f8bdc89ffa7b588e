import { failure, type Result, success } from "../../wire/result";

/** What is searched for: a text in any case, or a regular expression as it was typed. */
export type TextQuery =
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "regex"; readonly source: string };

/** Why a query cannot be asked. `message` is a sentence for a person. */
export type QueryFault = { readonly reason: "bad_regex"; readonly message: string };

/** Where in a text the query matches first: its index; null where it does not. */
export type TextMatch = (text: string) => number | null;

/** How much of one text is looked at: an expression that somebody types may take long. */
export const MAX_MATCHED_CHARS = 10_000;

/** A text that is empty matches nothing. */
export function createTextMatch(query: TextQuery): Result<TextMatch, QueryFault> {
  if (query.kind === "text") {
    const wanted = query.text.toLowerCase();
    return success((text) => found(wanted === "" ? -1 : start(text).toLowerCase().indexOf(wanted)));
  }
  try {
    const pattern = new RegExp(query.source);
    return success((text) => found(start(text).search(pattern)));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return failure({ reason: "bad_regex", message: `This is no regular expression: ${why}.` });
  }
}

function start(text: string): string {
  return text.length > MAX_MATCHED_CHARS ? text.slice(0, MAX_MATCHED_CHARS) : text;
}

function found(index: number): number | null {
  return index === -1 ? null : index;
}

/** What surrounds a match, in characters before it and in all. */
const PREVIEW_BEFORE = 20;
const PREVIEW_CHARS = 100;

/** The part of a text around a match. */
export function previewAround(text: string, index: number): string {
  const from = Math.max(0, index - PREVIEW_BEFORE);
  const shown = text.slice(from, from + PREVIEW_CHARS);
  return `${from > 0 ? "…" : ""}${shown}${from + PREVIEW_CHARS < text.length ? "…" : ""}`;
}
