/** A date that a text is. An instant has its own offset; a wall time says no zone, and a day no time. */
export type IsoDate = { readonly kind: "instant" | "wall" | "day"; readonly ms: number };

/** ISO 8601 as servers write it (RFC 3339 section 5.6), and the same without a time, or without an offset. */
const ISO = /^(\d{4})-(\d\d)-(\d\d)(?:([T ])\d\d:\d\d(?::\d\d(?:[.,]\d{1,9})?)?(Z|[+-]\d\d:?\d\d)?)?$/;

const MAX_CHARS = 40;

/** The date that a text says, and nothing else; null where it says none, or one that the calendar does not have. */
export function readIsoDate(text: string): IsoDate | null {
  const parts = text.length > MAX_CHARS ? null : ISO.exec(text);
  if (parts === null) return null;
  const [, year, month, day, time, offset] = parts;
  const date = new Date(Date.UTC(Number(year), Number(month) - 1, Number(day)));
  if (date.getUTCMonth() + 1 !== Number(month) || date.getUTCDate() !== Number(day)) return null;
  if (time === undefined) return { kind: "day", ms: date.getTime() };
  const written = text
    .replace(" ", "T")
    .replace(",", ".")
    .replace(/([+-]\d\d)(\d\d)$/, "$1:$2");
  const ms = Date.parse(offset === undefined ? `${written}Z` : written);
  return Number.isNaN(ms) ? null : { kind: offset === undefined ? "wall" : "instant", ms };
}
