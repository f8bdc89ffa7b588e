import { isCount, isObject } from "./guard";

/** What a person chooses once, for all tabs. */
export type Settings = {
  /** The journal goes on over navigations; without it a new page starts a new session. */
  readonly preserveLog: boolean;
  /** What the journal of one tab may take on disk. */
  readonly maxJournalBytes: number;
};

const MEBIBYTE = 1024 * 1024;

/** What the journal of one tab may take on disk: by default, and between which bounds. */
export const DEFAULT_JOURNAL_BYTES = 512 * MEBIBYTE;
export const MIN_JOURNAL_BYTES = 16 * MEBIBYTE;
export const MAX_JOURNAL_BYTES = 4096 * MEBIBYTE;

export const DEFAULT_SETTINGS: Settings = { preserveLog: false, maxJournalBytes: DEFAULT_JOURNAL_BYTES };

export function isSettings(value: unknown): value is Settings {
  return (
    isObject(value) &&
    typeof value.preserveLog === "boolean" &&
    isCount(value.maxJournalBytes) &&
    value.maxJournalBytes >= MIN_JOURNAL_BYTES &&
    value.maxJournalBytes <= MAX_JOURNAL_BYTES
  );
}
