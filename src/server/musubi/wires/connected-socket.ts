import { failure, type Result, success } from "../../../wire/result";
import type { Assigns } from "../../phoenix/assigns";
import type { ChannelSocket } from "../../phoenix/channel";
import { putPrivate, type Socket } from "../../phoenix/socket";
import type { MusubiSocket } from "../socket";

/** Under this name the Phoenix socket of a connection keeps what `handleConnect` made. */
const PRIVATE_KEY = "musubi";

/** What `handleConnect` made, on its way through Phoenix's socket to the channels. */
class ConnectedSocket {
  readonly socket: MusubiSocket<Assigns>;

  constructor(socket: MusubiSocket<Assigns>) {
    this.socket = socket;
  }
}

/** The reasons with which a server says that it is not set up for Musubi (wire.md 11). */
type MissingSocket = "missing Musubi socket" | "missing Musubi connection socket";

/** The Phoenix socket of a connection that `handleConnect` let in with `connected`. */
export function putConnected(socket: Socket, connected: MusubiSocket<Assigns>): Socket {
  return putPrivate(socket, PRIVATE_KEY, new ConnectedSocket(connected));
}

/**
 * The connection's Musubi socket as one of its channels sees it, with that channel's topic. The failure is what the
 * client gets: the channel was routed to on a socket that `defineSocket` did not make, or whose `connect` was replaced.
 */
export function findConnected(socket: ChannelSocket): Result<MusubiSocket<Assigns>, MissingSocket> {
  if (!("roots" in socket.handler)) return failure("missing Musubi socket");
  const connected = socket.private[PRIVATE_KEY];
  if (!(connected instanceof ConnectedSocket)) return failure("missing Musubi connection socket");
  const { topic, endpoint, transport } = socket;
  return success({ ...connected.socket, topic, endpoint, transport });
}
