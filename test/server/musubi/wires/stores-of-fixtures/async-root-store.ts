import { assignAsync } from "../../../../../src/server/musubi/async";
import { asyncLoading } from "../../../../../src/server/musubi/async-result";
import { defineStore } from "../../../../../src/server/musubi/define-store";
import { assign } from "../../../../../src/server/musubi/socket";
import { noreply } from "../../../../../src/server/musubi/store";
import { requireString } from "../../../../../src/server/payload";

type Profile = { readonly name: string };

/** A value that is loading from the start, and comes when it is asked for. */
export const AsyncRootStore = defineStore({
  module: "Musubi.WireCapture.Stores.AsyncRootStore",
  root: true,
  mount: (_params, socket) => assign(socket, { profile: asyncLoading<Profile>() }),
  render: ({ assigns: { profile } }) => ({ profile }),
  commands: {
    load: (payload, socket) => {
      const outcome = requireString(payload, "outcome");
      return noreply(
        assignAsync(socket, "profile", () => {
          if (outcome !== "ok") throw new Error("nope");
          return { name: "ada" };
        }),
      );
    },
  },
});
