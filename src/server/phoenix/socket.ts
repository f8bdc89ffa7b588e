import type { Assigns } from "./assigns";
import type { ChannelHandle } from "./channel-handle";
import type { EndpointHandle } from "./endpoint-handle";
import type { PubSub } from "./pubsub";
import type { Serializer } from "./serializers/serializer";
import type { Transport } from "./transport";

/** The declaration that a socket comes from, as its channels may see it: a `SocketDefinition`. */
type SocketHandler = {
  readonly routes: readonly { readonly pattern: string; readonly matches: (topic: string) => boolean }[];
};

/**
 * The state of a client's connection, or of one of its channels: the fields of `Phoenix.Socket`. An immutable value;
 * each callback gets one and answers with one.
 */
export type Socket<Own extends Assigns = Assigns> = {
  readonly assigns: Own;
  /** What `id(socket)` gave. */
  readonly id: string | null;
  /** Null on the connection's own socket. */
  readonly topic: string | null;
  readonly joined: boolean;
  readonly joinRef: string | null;
  /** The ref of the message being handled: what a later `reply` names. Null outside `join` and `handleIn`. */
  readonly ref: string | null;
  readonly transport: Transport;
  readonly serializer: Serializer;
  readonly endpoint: EndpointHandle;
  readonly pubsub: PubSub;
  readonly handler: SocketHandler;
  /** Null on the connection's own socket. */
  readonly channel: ChannelHandle | null;
  /** What libraries keep, out of the way of `assigns`. */
  readonly private: Assigns;
};

type Assigned<Self extends Socket, Values extends Assigns> = Omit<Self, "assigns"> & {
  readonly assigns: Self["assigns"] & Values;
};

/**
 * The socket with these values among its assigns, of a connection or of a channel.
 *
 *     assign(socket, "user", "ann").assigns.user // "ann"
 *     assign(socket, { user: "ann", admin: false }).assigns.admin // false
 */
export function assign<Self extends Socket, Key extends string, Value>(
  socket: Self,
  key: Key,
  value: Value,
): Assigned<Self, { readonly [name in Key]: Value }>;
export function assign<Self extends Socket, Values extends Assigns>(
  socket: Self,
  values: Values,
): Assigned<Self, Values>;
export function assign(socket: Socket, keyOrValues: string | Assigns, value?: unknown): Socket {
  return { ...socket, assigns: { ...socket.assigns, ...entries(keyOrValues, value) } };
}

/** The socket with this value among what libraries keep on it. */
export function putPrivate<Self extends Socket>(socket: Self, key: string, value: unknown): Self {
  return { ...socket, private: { ...socket.private, ...entries(key, value) } };
}

// A computed key defines a property, so that `__proto__` becomes an ordinary one.
function entries(keyOrValues: string | Assigns, value: unknown): Assigns {
  return typeof keyOrValues === "string" ? { [keyOrValues]: value } : keyOrValues;
}
