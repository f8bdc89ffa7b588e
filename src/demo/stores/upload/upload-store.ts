import { defineStore } from "../../../server/musubi/define-store";
import { assign, type MusubiSocket, update } from "../../../server/musubi/socket";
import { type CommandAnswer, noreply, reply, type Store } from "../../../server/musubi/store";
import { createMemoryStorage } from "../../../server/musubi/uploads/memory-storage";
import { consumed, consumeUploadedEntries } from "../../../server/musubi/uploads/uploaded-entries";
import { requireString } from "../../../server/payload";

type StoredFile = {
  readonly key: string;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly from: UploadName;
};

type UploadAssigns = { readonly stored: readonly StoredFile[]; readonly next: number };

type UploadName = "photos" | "archive";

/** How many files are listed; the oldest go first. */
const MAX_STORED = 20;

/** Small, so that limits are met and progress is seen. In bytes. */
const MAX_PHOTO = 1_000_000;
const PHOTO_CHUNK = 16_000;
const MAX_ARCHIVE = 20_000_000;

/**
 * Two uploads: `photos` come chunk by chunk through channels of their own, `archive` goes elsewhere, as an uploader of
 * the page does it. `store` takes what is whole into a list.
 */
export const UploadStore: Store = defineStore<UploadAssigns>({
  module: "Demo.UploadStore",
  root: true,
  mount: (_params, socket) => assign(socket, { stored: [], next: 1 }),
  render: ({ assigns: { stored } }) => ({ stored }),
  uploads: {
    photos: {
      accept: [".png", ".jpg", ".jpeg", ".gif", ".webp"],
      maxEntries: 3,
      maxFileSize: MAX_PHOTO,
      chunkSize: PHOTO_CHUNK,
      storage: createMemoryStorage(),
    },
    archive: {
      accept: "any",
      maxEntries: 2,
      maxFileSize: MAX_ARCHIVE,
      external: (entry) => ({ uploader: "Bucket", meta: { key: `archive/${entry.ref}`, bucket: "demo" } }),
    },
  },
  commands: {
    store: (payload, socket) => {
      const name = requireString(payload, "upload");
      return name === "photos" || name === "archive" ? storeAll(socket, name) : reply(socket, NO_UPLOAD);
    },
    forget: (payload, socket) => {
      const key = requireString(payload, "key");
      return noreply(update(socket, "stored", (stored) => stored.filter((file) => file.key !== key)));
    },
  },
});

const NO_UPLOAD = { ok: false, reason: "there is no such upload" } as const;

/** Takes every file that is whole. What came through channels is measured, not believed. */
async function storeAll(
  before: MusubiSocket<UploadAssigns>,
  from: UploadName,
): Promise<CommandAnswer<UploadAssigns>> {
  const { socket, values } = await consumeUploadedEntries(before, from, async (uploaded, entry) => {
    const size = uploaded.kind === "file" ? (await uploaded.file.read()).length : entry.clientSize;
    return consumed({ name: entry.clientName, size, from });
  });
  const { stored, next } = socket.assigns;
  const added = values.map((file, index) => ({ key: `f${next + index}`, ...file }));
  const listed = [...stored, ...added].slice(-MAX_STORED);
  return reply(assign(socket, { stored: listed, next: next + added.length }), { stored: added.length });
}
