import { rmSync } from "node:fs";
import { type FileHandle, mkdtemp, open, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { UploadStorage, UploadWriter } from "./upload-storage";

/**
 * Keeps each upload in a file of its own under `directory`, which this user alone can read, and removes it when the
 * upload is consumed or cancelled or its page ends; at the latest when the process exits.
 *
 * @param onExit called once, with what is to run then; it is synchronous, as all that runs in a process's `exit` must be
 */
export function createTempFileStorage(
  directory: string = tmpdir(),
  onExit: (run: () => void) => void = (run) => process.once("exit", run),
): UploadStorage {
  const folders = new Set<string>();
  let isRemovedOnExit = false;

  function removeAll(): void {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }

  return {
    open: async (entryRef) => {
      if (!isRemovedOnExit) onExit(removeAll);
      isRemovedOnExit = true;
      // A new folder, not only a new name: it is created for this user alone, and nobody can have put a link there.
      const folder = await mkdtemp(join(directory, "musubi-upload-"));
      folders.add(folder);
      return createFileWriter(folder, entryRef, () => folders.delete(folder));
    },
  };
}

async function createFileWriter(folder: string, name: string, onDiscard: () => void): Promise<UploadWriter> {
  const path = join(folder, name);
  let handle: FileHandle | null = await open(path, "wx", 0o600);

  async function close(): Promise<void> {
    const closing = handle;
    handle = null;
    await closing?.close();
  }

  return {
    write: async (chunk) => {
      if (handle === null) throw new Error(`The upload ${name} was written to after its end.`);
      await handle.writeFile(chunk);
    },
    finish: async () => {
      await close();
      return { path, read: () => readFile(path) };
    },
    discard: async () => {
      await close().catch(() => undefined);
      await rm(folder, { recursive: true, force: true }).then(onDiscard, () => undefined);
    },
  };
}
