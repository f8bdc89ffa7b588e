import { child } from "../../../../../src/server/musubi/child";
import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";
import { noreply } from "../../../../../src/server/musubi/store";
import { ChildStore } from "./child-store";

/** A child that is there only while it is shown. */
export const ToggleRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.ToggleRootStore",
  root: true,
  mount: (_params, socket) => assign(socket, { isShown: false }),
  render: ({ assigns: { isShown } }) => ({
    panel: isShown ? child(ChildStore, { id: "panel", label: "panel" }) : null,
  }),
  commands: {
    toggle: (payload, socket) => noreply(assign(socket, { isShown: payload.show === true })),
  },
});
