import { isObject, type Json } from "../../wire/json";
import { type Channel, type ChannelSocket, reply } from "../phoenix/channel";

type NoState = Record<never, never>;

/**
 * FOR DEVELOPMENT ONLY: lets a client damage its own connection, so that clients and tools can be tried
 * on what no healthy server sends. Whoever may join it can make the server send that client anything, so
 * an application never routes to it.
 *
 * | event | payload | does |
 * |---|---|---|
 * | `send_raw` | `{text}` | sends exactly this text as one frame, then answers |
 * | `close` | `{code}` | closes the connection with this code |
 * | `cut` | `{}` | breaks the connection: the client sees 1006 |
 */
export const faultsChannel: Channel<NoState> = {
  join: (_payload, socket) => ({ kind: "ok", response: {}, socket: { ...socket, assigns: {} } }),
  handleIn: (event, payload, socket) => {
    inject(event, payload, socket);
    return reply(socket, "ok", {});
  },
};

function inject(event: string, payload: Json, { transport }: ChannelSocket<NoState>): void {
  const { text, code } = isObject(payload) ? payload : {};
  if (event === "send_raw" && typeof text === "string") transport.send(text);
  else if (event === "close" && typeof code === "number") transport.close(code);
  else if (event === "cut") transport.cut();
  else throw new Error(`There is no fault "${event}" with the payload ${JSON.stringify(payload)}.`);
}
