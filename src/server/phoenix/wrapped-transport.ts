import type { JsonObject } from "../../wire/json";
import type { Transport } from "./transport";

/** Of which connection a transport is. */
export type ConnectionAbout = {
  /** Counts the connections of one endpoint from 1. */
  readonly id: number;
  /** Of the mounted socket. */
  readonly path: string;
  /** The kind of transport. */
  readonly transport: string;
  readonly socketId: string | null;
  readonly params: JsonObject;
};

/** A client's link with something between: it may change, delay or drop what goes either way. */
export type WrappedTransport = {
  /** Used instead of the link, towards the client. */
  readonly transport: Transport;
  /** Gets each frame from the client; hands on to `next` what the server shall see. */
  readonly receive: (data: string | Uint8Array, next: (data: string | Uint8Array) => void) => void;
};

export type WrapTransport = (link: Transport, about: ConnectionAbout) => WrappedTransport;
