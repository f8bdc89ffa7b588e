import { child } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { assign, type MusubiSocket, update } from "../../../server/musubi/socket";
import { noreply, refuse } from "../../../server/musubi/store";
import { requireNumber } from "../../../server/payload";

/** Shows twice what its parent counts: a child that only renders its props. */
export const DoubledStore = defineStore({
  module: "Demo.DoubledStore",
  render: ({ assigns }: MusubiSocket<{ readonly count: number }>) => ({ doubled: assigns.count * 2 }),
});

/** A number, and a child that follows it. Mount param: `count` (default 0). */
export const CounterStore = defineStore({
  module: "Demo.CounterStore",
  root: true,
  mount: (params, socket) => {
    const count = Object.hasOwn(params, "count") ? requireNumber(params, "count") : 0;
    return assign(socket, { count });
  },
  render: ({ assigns: { count } }) => ({
    count,
    label: count === 1 ? "1 click" : `${count} clicks`,
    child: child(DoubledStore, { id: "child", count }),
  }),
  commands: {
    increment: (payload, socket) => {
      const amount = requireNumber(payload, "amount");
      return noreply(update(socket, "count", (count) => count + amount));
    },
    fail: (_payload, socket) => refuse(socket, "asked to fail"),
  },
});
