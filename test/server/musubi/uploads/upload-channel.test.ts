import { afterEach, describe, expect, it } from "vitest";
import { errorReply, okReply } from "../wires/channel-replies";
import {
  allow,
  bytes,
  chunk,
  client,
  close,
  crash,
  join,
  payloadOf,
  push,
  ROOT_ID,
  server,
  start,
  storage,
  takeApart,
  topic,
  WIRES,
} from "./served-uploads";

afterEach(() => server.close());

describe.each(WIRES)("an upload over %s", (wire) => {
  it("is declared in the first envelope, with its marker in the store", async () => {
    const patch = await start(wire);
    expect(patch.ops[0].value).toEqual({
      __musubi_store_id__: [],
      avatar: { __musubi_upload__: "avatar" },
      cloud: { __musubi_upload__: "cloud" },
      hurried: { __musubi_upload__: "hurried" },
      names: [],
      progress: 0,
    });
    const config = { accept: [".png"], max_entries: 2, max_file_size: 40, chunk_size: 16 };
    const cloud = { accept: "any", max_entries: 1, max_file_size: 8_000_000, chunk_size: 64_000 };
    expect(patch.upload_ops).toEqual([
      { op: "config", upload: "avatar", store_id: [], config },
      { op: "config", upload: "hurried", store_id: [], config },
      { op: "config", upload: "cloud", store_id: [], config: cloud },
    ]);
  });

  it("goes from the preflight through binary chunks to the command that consumes it", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    chunk(upload, "6", bytes(16));
    const about = { upload: "avatar", ref: entry.ref, store_id: [] };
    const first = await takeApart(2);
    expect(first.upload).toEqual([okReply(upload, "5", "6", { progress: 50 })]);
    expect(first.main).toEqual([
      expect.objectContaining({
        root_id: ROOT_ID[wire],
        ops: [{ op: "replace", path: "/progress", value: 50 }],
        upload_ops: [{ op: "progress", progress: 50, ...about }],
      }),
    ]);
    chunk(upload, "7", bytes(16));
    const second = await takeApart(3);
    expect(second.upload).toEqual([okReply(upload, "5", "7", { progress: 100 }), close(upload)]);
    // Whether the progress is there too is a matter of 100 ms.
    expect(second.main[0].upload_ops.at(-1)).toEqual({ op: "complete", ...about });
    expect(second.main[0].ops).toEqual([{ op: "replace", path: "/progress", value: 100 }]);
    push("8", "command", { store_id: [], name: "submit", payload: {} });
    const name = `me.png:${"1".repeat(32)}`;
    const [answer, patch] = await client.take(2);
    expect(answer).toEqual(okReply(topic, "3", "8", { names: [name] }));
    expect(payloadOf(patch).upload_ops).toEqual([{ op: "reset", upload: "avatar", store_id: [] }]);
    expect(storage.heldRefs()).toEqual([]);
  });

  it("may come as texts, and an empty file as one empty chunk", async () => {
    await start(wire);
    const upload = await join(await allow(4));
    client.send(["5", "6", upload, "chunk", "ab"]);
    const { upload: answered } = await takeApart(2);
    expect(answered).toEqual([okReply(upload, "5", "6", { progress: 50 })]);
    const empty = await join(await allow(0), "9");
    chunk(empty, "10", bytes(0), "9");
    const { upload: ended } = await takeApart(3);
    expect(ended).toEqual([okReply(empty, "9", "10", { progress: 100 }), close(empty, "9")]);
  });

  it("that goes elsewhere follows what its client says", async () => {
    await start(wire);
    push("5", "allow_upload", {
      name: "cloud",
      entries: [{ client_ref: "0", name: "m.mp4", size: 9, type: "" }],
    });
    const [allowed] = await client.take(2);
    const entry = payloadOf(allowed).response.entries["0"];
    expect(entry).toEqual({
      type: "external",
      entry_ref: entry.entry_ref,
      uploader: "S3",
      meta: { key: "m.mp4" },
    });
    push("6", "upload_progress", { name: "cloud", ref: entry.entry_ref, progress: 100 });
    const [answer, patch] = await client.take(2);
    expect(answer).toEqual(okReply(topic, "3", "6"));
    expect(payloadOf(patch).upload_ops.map(({ op }: { op: string }) => op)).toEqual(["progress", "complete"]);
    push("7", "upload_error", { name: "cloud", ref: entry.entry_ref, code: "x", message: "PUT said 403" });
    const [, failed] = await client.take(2);
    expect(payloadOf(failed).upload_ops).toMatchObject([
      { op: "error", error: { code: "external_failed", message: "PUT said 403" } },
    ]);
  });

  it.each(["upload_progress", "upload_error"])(
    "answers %s for the wrong entry as its wire does",
    async (event) => {
      await start(wire);
      const entry = await allow(32);
      for (const message of [
        { name: "avatar", ref: entry.ref },
        { name: "cloud", ref: "u_AAAAAAAAAAA" },
      ]) {
        push("6", event, message);
        const [frame] = await client.take(1);
        if (wire === "per_root") expect(frame).toEqual(errorReply(topic, "3", "6", "internal error"));
        else {
          expect(frame).toEqual(crash(topic, "3"));
          return;
        }
      }
    },
  );
});
