import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "./channel";
import type { Route } from "./route";

/** What is known of a connection besides its params. */
export type ConnectInfo = {
  /** Path and query of the request. */
  readonly uri: string;
  readonly headers: IncomingHttpHeaders;
  readonly peer: string | null;
};

export type ConnectAnswer =
  | { readonly kind: "ok"; readonly assigns: Assigns }
  /** The client gets HTTP 403 and, being phoenix.js, keeps trying. */
  | { readonly kind: "refused" };

/** What an application declares: who may connect, and which topics go where. */
export type SocketDefinition = {
  /** Without it everyone may connect. Params are those of the URL's query, `a[b]=c` unfolded. */
  readonly connect?: (params: JsonObject, info: ConnectInfo) => Awaitable<ConnectAnswer>;
  readonly routes: readonly Route[];
};
