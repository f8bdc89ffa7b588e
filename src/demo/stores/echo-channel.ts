import { requireObject } from "../../server/payload";
import { type Channel, reply } from "../../server/phoenix/channel";

type NoState = Record<never, never>;

/**
 * A plain channel, without Musubi: it replies with what it gets. Event `broadcast` also sends that to
 * everyone on the topic, `close` then ends the channel, `crash` crashes it.
 */
export const echoChannel: Channel<NoState> = {
  join: (payload, socket) => ({ kind: "ok", response: payload, socket: { ...socket, assigns: {} } }),
  handleIn: (event, payload, socket) => {
    switch (event) {
      case "crash":
        throw new Error("The client asked the echo channel to crash.");
      case "close":
        return { kind: "stop", reply: { status: "ok", response: payload }, socket };
      case "broadcast":
        socket.channel.broadcast("broadcast", requireObject(payload));
        return reply(socket, "ok", payload);
      default:
        return reply(socket, "ok", payload);
    }
  },
};
