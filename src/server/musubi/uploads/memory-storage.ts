import type { UploadStorage, UploadWriter } from "./upload-storage";

type MemoryStorage = UploadStorage & {
  /** The refs of the entries whose bytes are held. */
  readonly heldRefs: () => readonly string[];
};

/** Keeps uploads in memory, for tests and demos: nothing reaches the disk. */
export function createMemoryStorage(): MemoryStorage {
  const held = new Map<UploadWriter, string>();
  return {
    open: async (entryRef) => {
      const writer = createMemoryWriter(() => held.delete(writer));
      held.set(writer, entryRef);
      return writer;
    },
    heldRefs: () => [...held.values()],
  };
}

function createMemoryWriter(onDiscard: () => void): UploadWriter {
  let chunks: Uint8Array[] = [];
  return {
    write: async (chunk) => {
      // A copy: what came in may be a view of a frame's buffer.
      chunks.push(chunk.slice());
    },
    finish: async () => {
      const bytes = new Uint8Array(Buffer.concat(chunks));
      chunks = [];
      return { path: null, read: async () => bytes.slice() };
    },
    discard: async () => {
      chunks = [];
      onDiscard();
    },
  };
}
