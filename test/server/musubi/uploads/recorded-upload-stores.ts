import { crc32 } from "node:zlib";
import { child } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../../src/server/musubi/socket";
import { reply } from "../../../../src/server/musubi/store";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { UploadEntry } from "../../../../src/server/musubi/uploads/upload-entry";
import {
  consumed,
  consumeUploadedEntries,
  type Uploaded,
} from "../../../../src/server/musubi/uploads/uploaded-entries";

// Stores that are equivalent to those of the recordings `uploads` and `uploads-binary-shim`.

type RootAssigns = {
  readonly done: readonly string[];
  readonly progress: { readonly [file: string]: number };
};

const storage = createMemoryStorage();

const KidStore = defineStore<{ tag: string }, { tag: string; names: readonly string[] }>({
  module: "RealStack.Stores.KidStore",
  init: (socket) => assign(socket, { names: [] }),
  render: ({ assigns }) => ({ tag: assigns.tag, names: assigns.names }),
  uploads: { attach: { accept: "any", maxEntries: 2, maxFileSize: 100_000, chunkSize: 10_000, storage } },
  commands: {
    take: async (_payload, before) => {
      const { socket, values } = await consumeUploadedEntries(
        before,
        "attach",
        async (uploaded, { clientName }) => consumed(`${clientName}:${(await bytesOf(uploaded)).length}`),
      );
      return reply(assign(socket, { names: [...before.assigns.names, ...values] }), { names: values });
    },
  },
});

export const UploadStore = defineStore<RootAssigns>({
  module: "RealStack.Stores.UploadStore",
  root: true,
  mount: (_params, socket) => assign(socket, { done: [], progress: {} }),
  render: ({ assigns }) => ({
    done: assigns.done,
    progress: assigns.progress,
    kid: child(KidStore, { id: "kid", tag: "kid" }),
  }),
  uploads: {
    avatar: {
      accept: [".png", ".jpg"],
      maxEntries: 2,
      maxFileSize: 500_000,
      chunkSize: 16_000,
      storage,
      handleProgress: (entry, socket: MusubiSocket<RootAssigns>) => keepProgress("avatar", entry, socket),
    },
    cloud: {
      accept: "any",
      maxEntries: 3,
      maxFileSize: 9_000_000,
      external: ({ clientName }) => ({
        uploader: "S3",
        meta: { url: `https://bucket.example/${clientName}?sig=fake`, headers: { "x-a": "1" } },
      }),
      handleProgress: (entry, socket: MusubiSocket<RootAssigns>) => keepProgress("cloud", entry, socket),
    },
  },
  commands: {
    submit: (_payload, socket) => submit(socket, "avatar"),
    submit_cloud: (_payload, socket) => submit(socket, "cloud"),
  },
});

function keepProgress(
  upload: string,
  { clientName, progress }: UploadEntry,
  socket: MusubiSocket<RootAssigns>,
): MusubiSocket<RootAssigns> {
  return assign(socket, { progress: { ...socket.assigns.progress, [`${upload}:${clientName}`]: progress } });
}

async function submit(before: MusubiSocket<RootAssigns>, upload: string) {
  const { socket, values } = await consumeUploadedEntries(before, upload, async (uploaded, { clientName }) =>
    consumed(await describeUploaded(uploaded, clientName)),
  );
  return reply(assign(socket, { done: [...before.assigns.done, ...values] }), { names: values });
}

async function describeUploaded(uploaded: Uploaded, name: string): Promise<string> {
  if (uploaded.kind === "external") return `${name}->${JSON.parse(JSON.stringify(uploaded.meta)).url}`;
  const bytes = await bytesOf(uploaded);
  return `${name}:${bytes.length}:${crc32(bytes)}`;
}

async function bytesOf(uploaded: Uploaded): Promise<Uint8Array> {
  if (uploaded.kind !== "file") throw new Error("No bytes came of an external upload.");
  return uploaded.file.read();
}
