/** A run of a session's events, in order, as they are written at once. */
export type StoredChunk = {
  /** Names the session among those of the tab. */
  readonly session: string;
  /** Counts the chunks of the session from 0. One that is written again takes the place of what it was. */
  readonly index: number;
  /** The `seq` of its first event, and how many there are. */
  readonly first: number;
  readonly events: number;
  /** One line an event, as in a session file (session-format.md). */
  readonly text: string;
  /**
   * Where the chunk begins a segment: all that came before it in the session, folded, one line an event. A session can
   * be read from any such chunk on, and what stands before it can be let go. Null elsewhere.
   */
  readonly head: string | null;
};

/** What happens to the store at once, or, if the background is killed, not at all. */
export type StoreWrite = {
  readonly chunks: readonly StoredChunk[];
  /**
   * Of these sessions the chunks with a lower index go; `Infinity` lets the session go. It happens before the chunks are
   * written: a session may begin again under its name.
   */
  readonly drop: readonly { readonly session: string; readonly below: number }[];
  /** Where the tab's sessions stand, in the host's own terms, as JSON. It replaces what was written before. */
  readonly state: string;
};

/**
 * Where the sessions of one tab are kept so that they outlive the background, which may be killed at any moment. A
 * promise that rejects says with its `Error` why the store could not be used: a full disk, a private window.
 */
export type JournalStore = {
  /** What was written last; null: nothing yet. */
  readonly load: () => Promise<string | null>;
  /** The chunks of a session from `from` on, in order, a few at a time. */
  readonly chunks: (session: string, from: number) => AsyncIterable<StoredChunk>;
  /** Resolves once it would survive a kill. Calls take effect in order. */
  readonly write: (write: StoreWrite) => Promise<void>;
  /** Lets go of everything of the tab. */
  readonly clear: () => Promise<void>;
};
