import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { UploadOptions } from "../../../../src/server/musubi/uploads/upload-options";
import { type AllowedEntry, FakePage, png } from "./fake-page";

export const CHUNK = 100;

export function scene(options: Partial<UploadOptions> = {}) {
  const storage = createMemoryStorage();
  const page = new FakePage({
    avatar: { accept: "any", maxEntries: 3, maxFileSize: 1_000, chunkSize: CHUNK, storage, ...options },
  });
  return { page, storage };
}

export async function allowOne(page: FakePage, size: number): Promise<AllowedEntry> {
  const [entry] = await page.allow([png("0", size)]);
  if (entry === undefined) throw new Error("The file was refused.");
  return entry;
}

/** The ops of every envelope after the preflight's. */
export async function opsAfter(page: FakePage) {
  await page.settled();
  return page.envelopes.slice(2);
}

export const ok = (progress: number, isLast = false) => ({ status: "ok", response: { progress }, isLast });
export const error = (reason: string) => ({ status: "error", response: { reason }, isLast: true });
export const failed = (code: string, message: string, ref: string) => [
  { op: "error", upload: "avatar", ref, store_id: [], error: { code, message } },
];
