import { defineStore } from "../../../src/server/musubi/define-store";
import { subscribe } from "../../../src/server/musubi/pubsub";
import { assign } from "../../../src/server/musubi/socket";
import { LOAD_MODULE } from "./load-client";

/** What makes the nth root change. */
export function topicOf(n: number): string {
  return `tick:${n}`;
}

/** A root that changes when its topic is published to: a text and some numbers, of which four change. */
export const tickerStore = defineStore({
  module: LOAD_MODULE,
  root: true,
  mount: (params, socket) => {
    const n = typeof params.n === "number" ? params.n : 0;
    return assign(subscribe(socket, topicOf(n)), { n, ticks: 0, sentAt: 0 });
  },
  handleInfo: (sentAt, socket) =>
    assign(socket, { ticks: socket.assigns.ticks + 1, sentAt: typeof sentAt === "number" ? sentAt : 0 }),
  render: ({ assigns: { n, ticks, sentAt } }) => ({
    name: `Ticker ${n}`,
    ticks,
    sent_at: sentAt,
    position: { x: Math.sin(ticks + 1), y: Math.cos(ticks + 1) },
  }),
});
