import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, refuseJoin, reply, stop } from "../../../src/server/phoenix/channel";
import { isBytes, requireJson, requirePushPayload } from "../../../src/server/phoenix/payload";
import { route } from "../../../src/server/phoenix/route";
import type { SocketDefinition } from "../../../src/server/phoenix/socket-definition";

/** Does what a join's payload or an event's name says. */
export const room: Channel<NoAssigns> = {
  join: async (payload, socket) => {
    if (payload === "refuse") return refuseJoin({ reason: "not you" });
    if (payload === "crash") throw new Error("the join crashes");
    if (payload === "hang") return new Promise<never>(() => {});
    if (payload === "slow") await new Promise((resolve) => setTimeout(resolve, 60));
    if (payload === "after") socket.channel.send("joined");
    if (payload === "early") socket.channel.push("early", {});
    return joined(socket, isBytes(payload) ? payload : { hello: socket.topic });
  },
  handleIn: async (event, payload, socket) => {
    const { channel } = socket;
    switch (event) {
      case "crash":
        throw new Error("the channel crashes");
      case "kill":
        channel.crash(new Error("the channel is killed"));
        return reply(socket, "ok", "too late");
      case "stop":
        return stop(socket, { reply: { status: "ok", response: {} } });
      case "shutdown":
        return stop(socket, { reason: "shutdown" });
      case "stop crash":
        return stop(socket, { reason: { kind: "crash", error: new Error("it wants to crash") } });
      case "push":
        channel.push("news", isBytes(payload) ? payload : { payload: requireJson(payload) });
        return noreply(socket);
      case "broadcast":
        channel.broadcast("news", isBytes(payload) ? payload : { payload: requireJson(payload) });
        return noreply(socket);
      case "broadcast from":
        channel.broadcastFrom("news", requirePushPayload(payload));
        return noreply(socket);
      case "later":
        setTimeout(() => channel.reply(socket.ref, "ok", { late: true }), 5);
        return noreply(socket);
      case "odd":
        return reply(socket, "weird_status", 7);
      case "echo":
        return reply(socket, "ok", payload);
      default:
        return noreply(socket);
    }
  },
  handleInfo: (message, socket) => {
    socket.channel.push("info", { message: String(message) });
    return noreply(socket);
  },
};

/** Joins, and handles nothing. */
export const mute: Channel<NoAssigns> = { join: (_payload, socket) => joined(socket) };

export const roomSocket: SocketDefinition = {
  connect: (params, socket) => (params.token === "bad" ? { kind: "refused" } : { kind: "ok", socket }),
  routes: [route("room:*", room), route("mute", mute)],
};
