import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign, update } from "../../../../../src/server/musubi/socket";
import { noreply } from "../../../../../src/server/musubi/store";
import { requireString } from "../../../../../src/server/payload";

type Meta = { readonly [key: string]: string };

const FIRST_META: Meta = { a: "1" };

/** A map whose keys come and go. */
export const MetaRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.MetaRootStore",
  root: true,
  mount: (_params, socket) => assign(socket, { meta: FIRST_META }),
  render: ({ assigns: { meta } }) => ({ meta }),
  commands: {
    put: (payload, socket) => {
      const [key, value] = [requireString(payload, "key"), requireString(payload, "value")];
      return noreply(update(socket, "meta", (meta) => ({ ...meta, [key]: value })));
    },
    drop: (payload, socket) => {
      const dropped = requireString(payload, "key");
      return noreply(
        update(socket, "meta", (meta) =>
          Object.fromEntries(Object.entries(meta).filter(([key]) => key !== dropped)),
        ),
      );
    },
  },
});
