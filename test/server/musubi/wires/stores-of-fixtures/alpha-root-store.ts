import { child } from "../../../../../src/server/musubi/child";
import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";
import { noreply } from "../../../../../src/server/musubi/store";
import { requireString } from "../../../../../src/server/payload";
import { ChildStore } from "./child-store";
import { currentUser } from "./current-user";

/** Holds what the connection knows, and a child that follows its room. */
export const AlphaRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.AlphaRootStore",
  root: true,
  mount: (params, socket) =>
    assign(socket, { current_user: currentUser(socket), room_id: requireString(params, "room_id") }),
  render: ({ assigns: { current_user, room_id } }) => ({
    room_id,
    current_user,
    child: child(ChildStore, { id: "child", label: room_id }),
  }),
  commands: {
    rename: (payload, socket) => noreply(assign(socket, { room_id: requireString(payload, "room_id") })),
  },
});
