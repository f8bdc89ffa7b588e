import { afterEach, describe, expect, it } from "vitest";
import { connectRaw } from "../../raw-client";
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
  server,
  start,
  takeApart,
  topic,
  WIRES,
} from "./served-uploads";

afterEach(() => server.close());

describe.each(WIRES)("an upload over %s", (wire) => {
  it.each([
    ["chunk too large", 17, 32, "chunk_too_large", "chunk size exceeded the configured limit"],
    ["upload too large", 16, 40, "too_large", "file exceeds the maximum size"],
  ])("ends with %s", async (reason, size, declared, code, message) => {
    await start(wire);
    const entry = await allow(declared);
    const upload = await join(entry);
    const before = reason === "upload too large" ? 2 : 0;
    for (let sent = 0; sent < before; sent += 1) {
      chunk(upload, `${6 + sent}`, bytes(16));
      await takeApart(2);
    }
    chunk(upload, "8", bytes(size));
    const { main, upload: ended } = await takeApart(3);
    expect(ended).toEqual([errorReply(upload, "5", "8", reason), close(upload)]);
    const error = { op: "error", upload: "avatar", ref: entry.ref, store_id: [], error: { code, message } };
    expect(main[0].upload_ops).toEqual([error]);
  });

  it("ends with chunk_timeout where no chunk comes, as from the TypeScript client for an empty file", async () => {
    await start(wire);
    const upload = await join(await allow(0, "hurried"));
    const { main, upload: ended } = await takeApart(2);
    expect(ended).toEqual([close(upload)]);
    expect(main[0].upload_ops).toMatchObject([{ op: "error", error: { code: "chunk_timeout" } }]);
  });

  it("is cancelled where its client leaves it", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    client.send(["5", "6", upload, "phx_leave", {}]);
    const { main, upload: ended } = await takeApart(3);
    expect(ended).toEqual([okReply(upload, "5", "6"), close(upload)]);
    expect(main[0].upload_ops).toEqual([{ op: "cancel", upload: "avatar", ref: entry.ref, store_id: [] }]);
  });

  it.each([
    ["an unknown event", "close", {}],
    ["a chunk that is other JSON", "chunk", {}],
  ])("is cancelled by %s, which crashes its channel alone", async (_name, event, payload) => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    client.send(["5", "6", upload, event, payload]);
    const { main, upload: ended } = await takeApart(2);
    expect(ended).toEqual([crash(upload)]);
    expect(main[0].upload_ops).toMatchObject([{ op: "cancel", ref: entry.ref }]);
  });

  it("that is cancelled on the root's channel loses its own, and that may be joined again for nothing", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    push("6", "cancel_upload", { store_id: [], name: "avatar", ref: entry.ref });
    const { main, upload: ended } = await takeApart(3);
    expect(ended).toEqual([crash(upload)]);
    expect(main[0]).toEqual({ status: "ok", response: {} });
    expect(main[1].upload_ops).toEqual([{ op: "cancel", upload: "avatar", ref: entry.ref, store_id: [] }]);
    await join(entry, "7");
    chunk(upload, "a", bytes(16), "7");
    chunk(upload, "b", bytes(16), "7");
    expect(await client.take(3)).toEqual([
      okReply(upload, "7", "a", { progress: 50 }),
      okReply(upload, "7", "b", { progress: 100 }),
      close(upload, "7"),
    ]);
    push("8", "cancel_upload", { store_id: [], name: "avatar", ref: entry.ref });
    expect(await client.take(1)).toEqual([okReply(topic, "3", "8")]);
    expect(await client.rest()).toEqual([]);
  });

  it("that is joined twice goes on in the second channel", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    client.send(["6", "6", upload, "phx_join", { token: entry.token }]);
    expect(await client.take(2)).toEqual([okReply(upload, "6", "6"), close(upload)]);
    chunk(upload, "7", bytes(16), "6");
    const { main, upload: answered } = await takeApart(2);
    expect(answered).toEqual([okReply(upload, "6", "7", { progress: 50 })]);
    expect(main[0].upload_ops).toMatchObject([{ op: "progress", progress: 50 }]);
  });

  it("cannot be joined without its own token", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = `musubi_upload:${entry.ref}`;
    const tries = [{ token: `${entry.token}x` }, { token: 7 }, {}, null, [], "token"];
    for (const [index, payload] of tries.entries()) {
      client.send([`${index}`, `${index}`, upload, "phx_join", payload]);
    }
    client.send(["other", "other", "musubi_upload:u_AAAAAAAAAAA", "phx_join", { token: entry.token }]);
    expect(await client.take(7)).toEqual([
      ...tries.map((_payload, index) => errorReply(upload, `${index}`, `${index}`, "unauthorized")),
      errorReply("musubi_upload:u_AAAAAAAAAAA", "other", "other", "unauthorized"),
    ]);
  });

  it("may be brought over another connection", async () => {
    await start(wire);
    const entry = await allow(16);
    const upload = `musubi_upload:${entry.ref}`;
    const other = await connectRaw(server.url);
    other.send(["1", "1", upload, "phx_join", { token: entry.token }]);
    other.send(["1", "2", upload, "chunk", "x".repeat(16)]);
    expect(await other.take(3)).toEqual([
      okReply(upload, "1", "1"),
      okReply(upload, "1", "2", { progress: 100 }),
      close(upload, "1"),
    ]);
    const [patch] = await client.take(1);
    expect(payloadOf(patch).upload_ops.at(-1)).toMatchObject({ op: "complete" });
    other.close();
  });

  it("is closed where its page crashes, and its token is worth nothing then", async () => {
    await start(wire);
    const entry = await allow(32);
    const upload = await join(entry);
    push("6", "command", { store_id: [], name: "crash", payload: {} });
    expect(await client.take(2)).toEqual(expect.arrayContaining([crash(topic, "3"), close(upload)]));
    client.send(["7", "7", upload, "phx_join", { token: entry.token }]);
    expect(await client.take(1)).toEqual([errorReply(upload, "7", "7", "unauthorized")]);
  });
});
