import { describe, expect, it } from "vitest";
import { child } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../../src/server/musubi/socket";
import { noreply } from "../../../../src/server/musubi/store";
import { startPage } from "./page-harness";

const avatar = { accept: [".png"], maxEntries: 1, maxFileSize: 100 } as const;

const form = defineStore<{ readonly n: number }>({
  module: "Test.Form",
  uploads: { avatar },
  render: ({ assigns: { n } }) => ({ n }),
});

const profile = defineStore({
  module: "Test.Profile",
  root: true,
  uploads: { avatar, photos: { accept: "any" } },
  mount: (_params, socket) => assign(socket, { isShown: true }),
  render: ({ assigns: { isShown } }) => ({ form: isShown ? child(form, { id: "form", n: 1 }) : null }),
  commands: {
    show: ({ isShown }, socket: MusubiSocket<{ readonly isShown: boolean }>) =>
      noreply(assign(socket, { isShown: isShown === true })),
  },
});

const preflight = (store_id: readonly string[], name = "avatar") => ({
  store_id,
  name,
  entries: [{ client_ref: "0", name: "me.png", size: 10, type: "image/png" }],
});

describe("the uploads of a page", () => {
  it("have a marker at the top of their store, and their limits in the first envelope", async () => {
    const { client, envelopes } = await startPage(profile);
    expect(client.state).toEqual({
      avatar: { __musubi_upload__: "avatar" },
      photos: { __musubi_upload__: "photos" },
      form: { n: 1, avatar: { __musubi_upload__: "avatar" }, __musubi_store_id__: ["form"] },
      __musubi_store_id__: [],
    });
    expect(envelopes[0]?.upload_ops).toMatchObject([
      { op: "config", store_id: [], upload: "avatar", config: { accept: [".png"], max_file_size: 100 } },
      { op: "config", store_id: [], upload: "photos", config: { accept: "any" } },
      { op: "config", store_id: ["form"], upload: "avatar" },
    ]);
  });

  it("make an envelope of their own, after the reply was made", async () => {
    const { page, envelopes } = await startPage(profile);
    expect(await page.allowUpload(preflight(["form"]))).toMatchObject({
      kind: "reply",
      status: "ok",
      response: { ref: "avatar", entries: { "0": { type: "channel" } }, errors: [] },
    });
    expect(envelopes[1]).toMatchObject({
      version: 2,
      ops: [],
      upload_ops: [{ op: "add", store_id: ["form"], upload: "avatar", entry: { client_name: "me.png" } }],
    });
  });

  it("are refused where the store or the upload is not known", async () => {
    const { page } = await startPage(profile);
    expect(await page.allowUpload(preflight(["nobody"]))).toMatchObject({
      response: { reason: "unknown store" },
    });
    expect(await page.allowUpload(preflight([], "other"))).toMatchObject({
      response: { reason: "unknown upload" },
    });
  });

  it("go with their store, and start anew with it", async () => {
    const { page, run, envelopes } = await startPage(profile);
    await page.allowUpload(preflight(["form"]));
    await run("show", { isShown: false });
    expect(await page.allowUpload(preflight(["form"]))).toMatchObject({
      response: { reason: "unknown store" },
    });
    await run("show", { isShown: true });
    expect(envelopes.at(-1)?.upload_ops).toMatchObject([{ op: "config", store_id: ["form"] }]);
    expect(await page.allowUpload(preflight(["form"]))).toMatchObject({ response: { errors: [] } });
  });

  it("take the name of a field from what is rendered", async () => {
    const store = defineStore({
      module: "Test.Taken",
      root: true,
      uploads: { avatar },
      render: () => ({ avatar: "mine" }),
    });
    await expect(startPage(store)).rejects.toThrow('a field "avatar", where its upload "avatar" goes');
  });
});
