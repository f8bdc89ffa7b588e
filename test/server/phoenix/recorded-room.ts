import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, refuseJoin, reply } from "../../../src/server/phoenix/channel";
import { isBytes, type Payload, requireJson, requirePushPayload } from "../../../src/server/phoenix/payload";
import { isObject, type JsonObject } from "../../../src/wire/json";

/** The channel of the real server that was recorded, as far as its frames show what it does. */
export const recordedRoom: Channel<NoAssigns> = {
  join: (payload, socket) => {
    if (socket.topic === "room:refuse") return refuseJoin({ limit: 10, reason: "full" });
    if (socket.topic === "room:joinraise") throw new Error("the join raises");
    return joined(socket, { joined: socket.topic, params: requireJson(payload), at: 0 });
  },
  handleIn: (event, payload, socket) => {
    const { channel } = socket;
    switch (event) {
      case "echo":
      case "bin_echo":
        return reply(socket, "ok", payload);
      case "echo_err":
      case "bin_err":
        return reply(socket, "error", payload);
      case "ok_only":
        return reply(socket, "ok", {});
      case "err_only":
        return reply(socket, "error", {});
      case "custom_status":
        return reply(socket, "weird_status", payload);
      case "noreply":
        return noreply(socket);
      case "shout":
        channel.broadcast("shout", requirePushPayload(payload));
        return noreply(socket);
      case "shout_others":
        channel.broadcastFrom("shout", requirePushPayload(payload));
        return noreply(socket);
      case "shout_reply":
        channel.broadcast("shout", requirePushPayload(payload));
        return reply(socket, "ok", { sent: true });
      case "filtered":
      case "bin_shout":
        channel.broadcast(event, requirePushPayload(payload));
        return noreply(socket);
      case "bin_push":
        channel.push("bin", requirePushPayload(payload));
        return reply(socket, "ok", { size: isBytes(payload) ? payload.length : null });
      case "bin_big":
        return reply(socket, "ok", bigBytes(numberIn(payload, "size")));
      case "ticks":
        channel.send({ ticks: numberIn(payload, "n") });
        return reply(socket, "ok", {});
      default:
        throw new Error(`The recorded channel knows no "${event}".`);
    }
  },
  handleInfo: (message, socket) => {
    const ticks = isObject(message) ? Number(message.ticks) : 0;
    if (ticks > 0) {
      socket.channel.push("tick", { n: ticks });
      socket.channel.send({ ticks: ticks - 1 });
    }
    return noreply(socket);
  },
  intercept: ["filtered"],
  handleOut: (event, payload, socket) => {
    const content: JsonObject = isBytes(payload) ? {} : payload;
    socket.channel.push(event, { ...content, seen_by: `:${socket.transport.name}` });
    return noreply(socket);
  },
};

function numberIn(payload: Payload, key: string): number {
  return isObject(payload) ? Number(payload[key]) : 0;
}

function bigBytes(size: number): Uint8Array {
  const pattern = [0x00, 0x7f, 0x80, 0xff];
  return Uint8Array.from({ length: size }, (_, at) => pattern[at % pattern.length] ?? 0);
}
