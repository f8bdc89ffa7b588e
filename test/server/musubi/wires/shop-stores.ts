import { defineStore } from "../../../../src/server/musubi/define-store";
import { sendSelf } from "../../../../src/server/musubi/message";
import { pushEvent } from "../../../../src/server/musubi/push-event";
import { assign, type MusubiSocket, update } from "../../../../src/server/musubi/socket";
import { noreply, refuse, reply } from "../../../../src/server/musubi/store";
import { createMemoryStorage } from "../../../../src/server/musubi/uploads/memory-storage";
import { requireString } from "../../../../src/server/payload";

/** How long the commands that take their time take. */
const SLOW_MS = 20;

export const LineStore = defineStore({
  module: "Shop.Line",
  render: ({ assigns: { sku } }: MusubiSocket<{ readonly sku: string }>) => ({ sku }),
});

/** A root on which everything that a wire has to carry, or survive, can be caused by a command. */
export const CartStore = defineStore({
  module: "Shop.Cart",
  root: true,
  mount: async (params, socket) => {
    if (params.user === "crash") throw new Error("the mount crashes");
    if (params.user === "slow") await pause();
    return assign(socket, { total: params.user === "unrenderable" ? Number.NaN : 0 });
  },
  render: ({ assigns: { total } }) => ({ total }),
  commands: {
    add: (payload, socket) => {
      requireString(payload, "sku");
      return noreply(update(socket, "total", (total) => total + 4));
    },
    count: (_payload, socket) => reply(socket, { count: 1 }),
    look: (_payload, socket) => noreply(socket),
    deny: (_payload, socket) => refuse(socket, "denied"),
    crash: () => {
      throw new Error("the handler crashes");
    },
    spoil: (_payload, socket) => noreply(assign(socket, { total: Number.NaN })),
    slowly: async (_payload, socket) => {
      await pause();
      return noreply(update(socket, "total", (total) => total + 1));
    },
    crashLater: (_payload, socket) => noreply(sendSelf(socket, "crash")),
    addTwice: (_payload, socket) =>
      noreply(
        sendSelf(
          update(socket, "total", (total) => total + 1),
          "add",
        ),
      ),
    addLater: (_payload, socket) => noreply(sendSelf(socket, "add")),
  },
  handleInfo: (message, socket) => {
    if (message === "crash") throw new Error("handleInfo crashes");
    return update(socket, "total", (total) => total + 4);
  },
});

/** The cart of the frames in wire.md 5: what is added is told by a push event, and nothing is rendered of it. */
export const ToastCartStore = defineStore({
  module: "Shop.Cart",
  root: true,
  mount: (_params, socket) => assign(socket, { total: 0 }),
  render: ({ assigns: { total } }) => ({ total }),
  commands: {
    add: (_payload, socket) => reply(pushEvent(socket, "toast", { text: "added" }), { count: 1 }),
  },
});

/** A root with an upload of each mode. */
export const UploadsStore = defineStore({
  module: "Shop.Uploads",
  root: true,
  uploads: {
    avatar: { accept: "any", storage: createMemoryStorage() },
    picture: { accept: "any", external: () => ({ meta: {} }) },
  },
  mount: (_params, socket) => socket,
  render: () => ({}),
});

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, SLOW_MS));
}
