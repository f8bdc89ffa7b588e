import { expect } from "vitest";
import { defineSocket, type Wire } from "../../../../src/server/musubi/define-socket";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../../src/server/musubi/socket";
import { reply } from "../../../../src/server/musubi/store";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import type { UploadEntry } from "../../../../src/server/musubi/uploads/upload-entry";
import { consumed, consumeUploadedEntries } from "../../../../src/server/musubi/uploads/uploaded-entries";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { okReply } from "../wires/channel-replies";

type Assigns = { readonly names: readonly string[]; readonly progress: number };

/** Where the bytes of `avatar` are. */
export const storage = createMemoryStorage();

const avatar = {
  accept: [".png"],
  maxEntries: 2,
  maxFileSize: 40,
  chunkSize: 16,
  storage,
  handleProgress: ({ progress }: UploadEntry, socket: MusubiSocket<Assigns>) => assign(socket, { progress }),
} as const;

const ProfileStore = defineStore<Assigns>({
  module: "Shop.Profile",
  root: true,
  mount: (_params, socket) => assign(socket, { names: [], progress: 0 }),
  render: ({ assigns }) => ({ names: assigns.names, progress: assigns.progress }),
  uploads: {
    avatar,
    hurried: { ...avatar, chunkTimeoutMs: 20 },
    cloud: { accept: "any", external: ({ clientName }) => ({ uploader: "S3", meta: { key: clientName } }) },
  },
  commands: {
    submit: async (_payload, before) => {
      const { socket, values } = await consumeUploadedEntries(
        before,
        "avatar",
        async (uploaded, { clientName }) =>
          consumed(
            uploaded.kind === "file" ? `${clientName}:${(await uploaded.file.read()).join("")}` : clientName,
          ),
      );
      return reply(assign(socket, { names: values }), { names: values });
    },
    crash: () => {
      throw new Error("boom");
    },
  },
});

export const WIRES = ["per_root", "multiplexed"] as const;
export const ROOT_ID = { per_root: "Shop.Profile:p1", multiplexed: "p1" } as const;

// Of the running test: what `start` started.
export let server: TestServer;
export let client: RawClient;
/** The root's channel. */
export let topic = "";
let rest: { readonly root_id?: string } = {};

/** Mounts the root as join_ref 3, and gives its first envelope. */
export async function start(wire: Wire) {
  server = await startServer(defineSocket({ roots: [ProfileStore], wire }));
  client = await connectRaw(server.url);
  const root = { module: "Shop.Profile", id: "p1", params: {} };
  topic = wire === "multiplexed" ? "musubi:connection" : "musubi:connection:Shop.Profile:p1";
  rest = wire === "multiplexed" ? { root_id: "p1" } : {};
  if (wire === "multiplexed") {
    client.send(["3", "3", topic, "phx_join", {}]);
    await client.take(1);
    client.send(["3", "4", topic, "mount", root]);
  } else client.send(["3", "3", topic, "phx_join", root]);
  const [, patch] = await client.take(2);
  return payloadOf(patch);
}

export function push(ref: string, event: string, payload: object): void {
  client.send(["3", ref, topic, event, { ...rest, ...payload }]);
}

/** Preflights one file and takes the reply and the patch. */
export async function allow(size: number, name = "avatar"): Promise<{ ref: string; token: string }> {
  const entries = [{ client_ref: "0", name: "me.png", size, type: "image/png" }];
  push("allow", "allow_upload", { store_id: [], name, entries });
  const [allowed] = await client.take(2);
  const entry = payloadOf(allowed).response.entries["0"];
  return { ref: entry.entry_ref, token: entry.token };
}

/** Joins an entry's channel with this join_ref. */
export async function join(entry: { ref: string; token: string }, joinRef = "5"): Promise<string> {
  const upload = `musubi_upload:${entry.ref}`;
  client.send([joinRef, joinRef, upload, "phx_join", { token: entry.token }]);
  expect(await client.take(1)).toEqual([okReply(upload, joinRef, joinRef)]);
  return upload;
}

/** A binary push of wire.md 1.3. */
export function chunk(upload: string, ref: string, bytes: Uint8Array, joinRef = "5"): void {
  const parts = [joinRef, ref, upload, "chunk"].map((part) => Buffer.from(part));
  client.sendBytes(Buffer.concat([Buffer.from([0, ...parts.map(({ length }) => length)]), ...parts, bytes]));
}

export const bytes = (length: number) => new Uint8Array(length).fill(1);
export const close = (upload: string, joinRef = "5") => [joinRef, joinRef, upload, "phx_close", {}];
export const crash = (of: string, joinRef = "5") => [joinRef, joinRef, of, "phx_error", {}];

// Frames are what JSON.parse gave, and read here as a person reads them.
// biome-ignore lint/suspicious/noExplicitAny: a test looks into frames whose shape it goes on to check
export function payloadOf(frame: unknown): any {
  return Array.isArray(frame) ? frame[4] : null;
}

/** The next frames, sorted into those of the root's channel and those of an entry's: the two have no common order. */
export async function takeApart(count: number) {
  const frames = await client.take(count);
  const isMain = (frame: unknown) => Array.isArray(frame) && frame[2] === topic;
  return {
    main: frames.filter(isMain).map(payloadOf),
    upload: frames.filter((frame) => !isMain(frame)),
  };
}
