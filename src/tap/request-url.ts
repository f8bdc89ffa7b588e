import { readerOf, readIf } from "./native";

// Taken now: a page may replace them later.
const { parse } = URL;
const hrefOf = readerOf(URL.prototype, "href");

/** The text of what a page gives as a URL; undefined for an object other than a `URL`, which would notice being read. */
export function readUrl(value: unknown): string | undefined {
  return typeof value === "string" ? value : readIf(hrefOf, value);
}

/** The absolute URL that a page's code means; undefined where it means none. */
export function toAbsolute(url: string, base: string): string | undefined {
  return readIf(hrefOf, parse(url, base));
}
