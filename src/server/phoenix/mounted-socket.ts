import { VSN } from "../../wire/protocol";
import type { SessionCookie } from "./http/session-cookie";
import type { SerializerEntry } from "./serializers/serializer";
import { v1Json } from "./serializers/v1-json";
import { v2 } from "./serializers/v2";
import { meetsRequirement } from "./serializers/version-requirement";
import type { SocketDefinition } from "./socket-definition";
import type { TransportKind } from "./transport-kind";
import { webSocketTransport } from "./websocket/websocket-transport";

/** A socket and where it is: `/socket` is served at `/socket/websocket` and `/socket/longpoll`. */
export type MountedSocket = {
  readonly path: string;
  readonly socket: SocketDefinition;
  /** WebSocket alone where it says nothing. */
  readonly transports?: readonly TransportKind[];
  /** Whether clients may send an auth token (wire.md 1.5). */
  readonly authToken?: boolean;
  readonly session?: SessionCookie;
  /** How many channels one client may have joined at a time. */
  readonly maxChannels?: number;
  /** The versions that are spoken, the first match first. */
  readonly serializers?: readonly SerializerEntry[];
};

/** A mounted socket with everything said. */
export type CompleteSocket = Required<Omit<MountedSocket, "session">> & {
  readonly session: SessionCookie | null;
};

/** Phoenix's own default (wire.md 1.4). */
const MAX_CHANNELS = 100;

const SERIALIZERS: readonly SerializerEntry[] = [
  { requirement: "~> 1.0.0", serializer: v1Json },
  { requirement: "~> 2.0.0", serializer: v2 },
];

/** @throws where a serializer's requirement cannot be read */
export function completeSocket(mounted: MountedSocket): CompleteSocket {
  const complete = {
    transports: [webSocketTransport()],
    authToken: false,
    session: null,
    maxChannels: MAX_CHANNELS,
    serializers: SERIALIZERS,
    ...mounted,
  };
  for (const { requirement } of complete.serializers) meetsRequirement(VSN.v2, requirement);
  return complete;
}
