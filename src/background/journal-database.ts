/**
 * The database of all tabs' journals. `tabs` holds a state for [run, tab], `chunks` a chunk for
 * [run, tab, session, index]: a range of keys is all that there is of a run, a tab or a session.
 */
export type JournalDatabase = {
  /**
   * Runs one transaction over both stores: all that `run` does happens, or nothing. Transactions take effect in the
   * order of the calls. Resolves with what `run` gave, read after the transaction has been completed.
   * Rejects with an `Error` that says in a sentence why the database could not be used.
   */
  readonly transact: <Value>(
    mode: "readonly" | "readwrite",
    run: (stores: JournalStores) => () => Value,
  ) => Promise<Value>;
};

export type JournalStores = { readonly tabs: IDBObjectStore; readonly chunks: IDBObjectStore };

export const DATABASE = "musubi-devtools";

/** Raised whenever what is stored changes its form: a database of another version is emptied, it is of an earlier run. */
export const DATABASE_VERSION = 1;

const TABS = "tabs";
const CHUNKS = "chunks";

/** Nothing is opened before the first transaction. */
export function createJournalDatabase(factory: IDBFactory): JournalDatabase {
  let connection: Promise<IDBDatabase> | null = null;

  function connect(): Promise<IDBDatabase> {
    const mine = openDatabase(factory, () => {
      if (connection === mine) connection = null;
    });
    connection = mine;
    // The next transaction tries again.
    mine.catch(() => {
      if (connection === mine) connection = null;
    });
    return mine;
  }

  async function begin(mode: IDBTransactionMode): Promise<IDBTransaction> {
    const mine = connection ?? connect();
    const database = await mine;
    try {
      return startOn(database, mode);
    } catch {
      // The connection has been closed, by the browser or for another version, and its event has yet to come.
      if (connection === mine) connection = null;
      return startOn(await (connection ?? connect()), mode);
    }
  }

  return {
    async transact(mode, run) {
      try {
        const transaction = await begin(mode);
        const completed = completion(transaction);
        // An abort of our own has a better reason than the one that it gives.
        completed.catch(() => undefined);
        const read = runIn(transaction, run);
        await completed;
        return read();
      } catch (error) {
        throw new Error(sentenceOf(error));
      }
    },
  };
}

/** Blocked by a background of another version, it waits until that one has closed its connection. */
function openDatabase(factory: IDBFactory, onClosed: () => void): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = factory.open(DATABASE, DATABASE_VERSION);
    request.onupgradeneeded = () => makeStores(request.result);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      database.onversionchange = () => {
        database.close();
        onClosed();
      };
      database.onclose = onClosed;
      resolve(database);
    };
  });
}

function makeStores(database: IDBDatabase): void {
  for (const name of [...database.objectStoreNames]) database.deleteObjectStore(name);
  database.createObjectStore(TABS);
  database.createObjectStore(CHUNKS);
}

function startOn(database: IDBDatabase, mode: IDBTransactionMode): IDBTransaction {
  return database.transaction([TABS, CHUNKS], mode, { durability: "relaxed" });
}

/** What throws half-way must not leave its first half behind. */
function runIn<Read>(transaction: IDBTransaction, run: (stores: JournalStores) => Read): Read {
  try {
    return run({ tabs: transaction.objectStore(TABS), chunks: transaction.objectStore(CHUNKS) });
  } catch (error) {
    transaction.abort();
    throw error;
  }
}

function completion(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

/** For a person, in the panel. */
function sentenceOf(error: unknown): string {
  const name = error instanceof Error || error instanceof DOMException ? error.name : "";
  if (name === "QuotaExceededError") {
    return "The browser has no more room on the disk for this session. Free some, or lower the limit of the journal.";
  }
  const why = error instanceof Error || error instanceof DOMException ? error.message : "";
  return `The browser's database could not be used: ${why === "" ? "it gave no reason" : why.replace(/\.$/, "")}.`;
}
