import type { Json, JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { ConnectInfo } from "./connect-info";
import type { Route } from "./route";
import type { Socket } from "./socket";

export type ConnectAnswer =
  | { readonly kind: "ok"; readonly socket: Socket }
  /** The client gets HTTP 403, or what the transport's `errorHandler` makes of the reason. */
  | { readonly kind: "refused"; readonly reason?: Json };

/** What an application declares: who may connect, and which topics go where. */
export type SocketDefinition = {
  /** Without it everyone may connect. Params are those of the URL's query, `a[b]=c` unfolded. */
  readonly connect?: (params: JsonObject, socket: Socket, info: ConnectInfo) => Awaitable<ConnectAnswer>;
  /**
   * The topic whose `disconnect` broadcast ends this connection, or null, which it is without this function. Anything
   * else is refused.
   */
  readonly id?: (socket: Socket) => string | null;
  /** The first that matches a topic wins. */
  readonly routes: readonly Route[];
};
