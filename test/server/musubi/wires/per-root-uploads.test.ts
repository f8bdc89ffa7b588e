import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { errorReply, okReply } from "./channel-replies";
import { UploadsStore } from "./shop-stores";

let server: TestServer;
let client: RawClient;

afterEach(() => server.close());

describe("an upload's push", () => {
  const topic = "musubi:connection:Shop.Uploads:u1";

  beforeEach(async () => {
    server = await startServer(defineSocket({ roots: [UploadsStore] }));
    client = await connectRaw(server.url);
    client.send(["4", "4", topic, "phx_join", { module: "Shop.Uploads", id: "u1" }]);
    await client.take(2);
  });

  it.each<[string, string, object]>([
    ["missing required field", "allow_upload", { entries: [] }],
    ["missing required field", "cancel_upload", { name: "avatar" }],
    ["missing required field", "upload_progress", { ref: "u_x", progress: 1 }],
    ["missing required field", "upload_error", { name: "", ref: "u_x" }],
    ["unknown store", "allow_upload", { name: "avatar", store_id: ["nope"], entries: [] }],
    ["unknown upload", "allow_upload", { name: "nope", entries: [] }],
    ["unknown upload", "cancel_upload", { name: "nope", ref: "u_x" }],
    ["internal error", "upload_progress", { name: "picture", ref: "u_x", progress: 1 }],
    ["internal error", "upload_error", { name: "picture", ref: "u_x" }],
  ])("is answered with the error %j: %s %j", async (reason, event, payload) => {
    client.send(["4", "5", topic, event, payload]);
    expect(await client.rest()).toEqual([errorReply(topic, "4", "5", reason)]);
  });

  it("in the wrong mode is an internal error, and the root lives on", async () => {
    const entries = [{ client_ref: "0", name: "a.png", size: 4, type: "image/png" }];
    client.send(["4", "5", topic, "allow_upload", { name: "avatar", entries }]);
    const [allowed] = await client.take(2);
    const ref = entryRefIn(allowed);
    client.send(["4", "6", topic, "upload_progress", { name: "avatar", ref, progress: 50 }]);
    client.send(["4", "7", topic, "cancel_upload", { name: "avatar", ref }]);
    expect(await client.take(3)).toEqual([
      errorReply(topic, "4", "6", "internal error"),
      okReply(topic, "4", "7"),
      [
        "4",
        null,
        topic,
        "patch",
        expect.objectContaining({ upload_ops: [{ op: "cancel", upload: "avatar", ref, store_id: [] }] }),
      ],
    ]);
  });
});

function entryRefIn(frame: unknown): string {
  const found = /"entry_ref":"(u_[\w-]{11})"/.exec(JSON.stringify(frame))?.[1];
  if (found === undefined) throw new Error(`No entry was let through: ${JSON.stringify(frame)}`);
  return found;
}
