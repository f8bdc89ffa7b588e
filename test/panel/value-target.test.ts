import { describe, expect, it } from "vitest";
import { slotsOf } from "../../src/panel/model/slots";
import { targetInAssigns, targetInState } from "../../src/panel/model/value-target";
import type { Json } from "../../src/wire/json";

const STORE = ["cart"];
const VALUE: Json = {
  __musubi_store_id__: STORE,
  total: 3,
  "a/b": { "~": 1 },
  messages: { __musubi_stream__: "chat" },
  avatar: { __musubi_upload__: "avatar" },
  profile: { __musubi_async__: true, status: "ok", result: { name: "Ada" }, reason: null },
  offers: {
    ...{ __musubi_async__: true, status: "ok", reason: null },
    result: { __musubi_stream__: "offers" },
  },
};
const SLOTS = slotsOf({
  value: VALUE,
  streams: [
    { name: "chat", total: 1, items: [{ item_key: "chat/1", item: { body: "Hi" } }] },
    { name: "offers", total: 1, items: [{ item_key: "o1", item: 7 }] },
  ],
  uploads: [],
});
const target = (path: string) => targetInState(STORE, path, VALUE, SLOTS);
const field = (path: string) => ({ ok: true, target: { what: "field", store_id: STORE, path } });

describe("the value at a path of the shown state", () => {
  it("is a field, the whole store at the empty path", () => {
    for (const path of ["", "/total", "/a~1b/~0", "/gone/away"]) expect(target(path)).toEqual(field(path));
  });

  it("is an item of a stream by its key, and what is inside that", () => {
    expect(target("/messages/chat~11/body")).toEqual({
      ok: true,
      target: { what: "stream", store_id: STORE, name: "chat", item_key: "chat/1", path: "/body" },
    });
  });

  it("is in the result of an async value as the wire has it, a stream in one too", () => {
    expect(target("/profile/result/name")).toEqual(field("/profile/result/name"));
    expect(target("/offers/result/o1")).toMatchObject({
      target: { what: "stream", name: "offers", item_key: "o1", path: "" },
    });
  });

  it("has no history as a stream, or as anything of an upload", () => {
    expect(target("/messages")).toEqual({ ok: false, why: "stream" });
    expect(target("/avatar")).toEqual({ ok: false, why: "upload" });
    expect(target("/avatar/entries/0")).toEqual({ ok: false, why: "upload" });
  });
});

describe("the value at a path of the assigns", () => {
  it("is one of them, and what is inside it", () => {
    expect(targetInAssigns(STORE, "/user~1s/name")).toEqual({
      ok: true,
      target: { what: "assign", store_id: STORE, name: "user/s", path: "/name" },
    });
    expect(targetInAssigns(STORE, "")).toEqual({ ok: false, why: "assigns" });
  });
});
