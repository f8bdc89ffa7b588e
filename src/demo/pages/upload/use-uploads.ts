import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Upload } from "../../../client/upload";
import type { UploadEntry } from "../../../client/upload-entry";
import type { UploadSource } from "../../../client/upload-source";
import type { UsedRoot } from "../roots/use-root";
import type { ReplyLog } from "../shell/reply-log";
import { fakeBucket } from "./fake-files";

/** A file that is on its way, or has arrived or failed. */
export type SentFile = { readonly key: string; readonly entry: UploadEntry; readonly cancel: () => void };

export type Uploads = {
  readonly files: ReadonlySignal<readonly SentFile[]>;
  readonly send: (files: readonly UploadSource[]) => void;
  /** Lets go of the files that have ended. */
  readonly clear: () => void;
};

/** The files that this page sends into one upload of a root's store. */
export function useUploads({ root }: UsedRoot, name: string, log: ReplyLog): Uploads {
  const files = useSignal<readonly SentFile[]>([]);
  const batches = useRef(0);

  const show = (batch: number, upload: Upload, entries: readonly UploadEntry[]): void => {
    const prefix = `${batch}-`;
    const shown = entries.map((entry) => ({
      key: `${prefix}${entry.ref}`,
      entry,
      cancel: () => void upload.cancel(entry.ref),
    }));
    const before = files.peek();
    const known = before.some(({ key }) => key.startsWith(prefix));
    // In their place: files that are on their way at the same time must not jump about.
    files.value = known
      ? before.map((file) => shown.find(({ key }) => key === file.key) ?? file)
      : [...before, ...shown];
  };

  const send = async (sources: readonly UploadSource[]): Promise<void> => {
    const mounted = root.peek();
    if (mounted === null || sources.length === 0) return;
    batches.current += 1;
    const batch = batches.current;
    const upload = mounted.upload([], name, sources, {
      uploaders: { Bucket: fakeBucket },
      onProgress: (entries) => show(batch, upload, entries),
    });
    show(batch, upload, upload.entries);
    const ended = await upload.start();
    show(batch, upload, ended);
    for (const entry of ended) {
      const detail = entry.error === null ? entry.status : `${entry.status}: ${entry.error.code}`;
      log(entry.status === "success" ? "ok" : "error", entry.name, detail);
    }
  };

  const clear = (): void => {
    files.value = files.peek().filter(({ entry }) => isUnderWay(entry));
  };
  return { files, send: (sources) => void send(sources), clear };
}

/** Whether the file has not ended in one way or another. */
export function isUnderWay({ status }: UploadEntry): boolean {
  return status === "checking" || status === "ready" || status === "uploading";
}
