import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";
import { noreply } from "../../../../../src/server/musubi/store";
import { stream, streamDelete, streamInsert } from "../../../../../src/server/musubi/stream";
import { streamSlot } from "../../../../../src/server/musubi/stream-slot";
import { requireNumber, requireString } from "../../../../../src/server/payload";

/** A stream that is filled, added to and taken from by commands. */
export const StreamRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.StreamRootStore",
  root: true,
  streams: { items: { itemKey: (item) => `item-${String(item.id)}` } },
  mount: (_params, socket) => assign(socket, { title: "stream" }),
  render: ({ assigns: { title } }) => ({ title, items: streamSlot("items") }),
  commands: {
    seed: (payload, socket) => {
      const count = requireNumber(payload, "count");
      const items = Array.from({ length: count }, (_, index) => ({ id: String(index + 1) }));
      return noreply(stream(socket, "items", items, { reset: true }));
    },
    insert: (payload, socket) => {
      const item = { id: requireString(payload, "id") };
      const at = requireNumber(payload, "at");
      const options = payload.limit === null ? { at } : { at, limit: requireNumber(payload, "limit") };
      return noreply(streamInsert(socket, "items", item, options));
    },
    delete: (payload, socket) => noreply(streamDelete(socket, "items", { id: requireString(payload, "id") })),
  },
});
