import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";
import { reply } from "../../../../../src/server/musubi/store";
import { requireString } from "../../../../../src/server/payload";
import { currentUser } from "./current-user";

/** Answers a command without changing anything. */
export const BetaRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.BetaRootStore",
  root: true,
  mount: (params, socket) =>
    assign(socket, { current_user: currentUser(socket), label: requireString(params, "label") }),
  render: ({ assigns: { current_user, label } }) => ({ current_user, label }),
  commands: {
    echo: (payload, socket) => reply(socket, { ok: true, label: requireString(payload, "label") }),
  },
});
