import type { IncomingHttpHeaders } from "node:http";
import type { JsonObject } from "../../wire/json";

/** What is known of a connection besides its params. */
export type ConnectInfo = {
  /** The whole address that the client asked for, its host as the client named it. */
  readonly uri: URL;
  readonly headers: IncomingHttpHeaders;
  /** The other end of the network connection, which may be a proxy. Null where it is gone already. */
  readonly peer: { readonly address: string; readonly port: number } | null;
  readonly userAgent: string | null;
  /** The client's auth token (wire.md 1.5); null without one, or where the mounted socket does not say `authToken`. */
  readonly authToken: string | null;
  /** What the signed session cookie holds; null without a valid one, or where the mounted socket names none. */
  readonly session: JsonObject | null;
};
