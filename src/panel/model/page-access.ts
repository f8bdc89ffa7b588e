import type { ReadonlySignal } from "@preact/signals";

/** What a panel can do with the inspected page itself, beside what its host tells of it. */
export type PageAccess = {
  /** Where the page is; null: not known, or the browser does not tell. */
  readonly url: ReadonlySignal<string | null>;
  /**
   * Asks the person to allow a site (a match pattern), from inside a click; rejects where the browser cannot ask.
   * Null: a panel of this browser cannot ask, and its background has to.
   */
  readonly request: ((site: string) => Promise<unknown>) | null;
  readonly reload: () => void;
};
