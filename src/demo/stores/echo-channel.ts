import type { NoAssigns } from "../../server/phoenix/assigns";
import { type Channel, joined, reply, stop } from "../../server/phoenix/channel";
import { isBytes, isObjectPayload } from "../../server/phoenix/payload";

/** A push carries an object or bytes, a reply anything (wire.md 1.2). */
const NO_BROADCAST = { reason: "only an object or bytes can be broadcast" };

/**
 * A plain channel, without Musubi: it replies to any event with what it gets, bytes with bytes. Event `broadcast` also
 * sends that to everyone on the topic, `close` then ends the channel, `crash` crashes it.
 */
export const echoChannel: Channel<NoAssigns> = {
  join: (payload, socket) => joined({ ...socket, assigns: {} }, payload),
  handleIn: (event, payload, socket) => {
    switch (event) {
      case "crash":
        throw new Error("The client asked the echo channel to crash.");
      case "close":
        return stop(socket, { reply: { status: "ok", response: payload } });
      case "broadcast":
        if (!isBytes(payload) && !isObjectPayload(payload)) return reply(socket, "error", NO_BROADCAST);
        socket.channel.broadcast("broadcast", payload);
        return reply(socket, "ok", payload);
      default:
        return reply(socket, "ok", payload);
    }
  },
};
