import type { ChannelHandle } from "../channel-handle";
import { CLOSE_CODE, type Transport } from "../transport";
import type { Connection } from "./connection";

/** One client's connection, as whoever holds the endpoint sees it. */
export type ConnectionView = {
  /** Counts the connections of one endpoint from 1. */
  readonly id: number;
  /** The kind of transport. */
  readonly transport: string;
  /** Of the mounted socket. */
  readonly path: string;
  readonly socketId: string | null;
  readonly channels: () => readonly ChannelView[];
  readonly close: (code: number) => void;
  readonly cut: () => void;
};

export type ChannelView = {
  readonly topic: string;
  readonly joinRef: string | null;
  readonly handle: ChannelHandle;
};

/** The live connections of one endpoint. */
export type Connections = {
  readonly nextId: () => number;
  /** Returns the undo. */
  readonly add: (connection: Connection, about: ConnectionPlace) => () => void;
  readonly list: () => readonly ConnectionView[];
  /** Tells all channels `PHX_DRAIN`, and from then on closes every connection that is added. */
  readonly tellDrain: () => Promise<void>;
};

type ConnectionPlace = {
  readonly id: number;
  readonly path: string;
  readonly socketId: string | null;
  readonly transport: Transport;
};

export function createConnections(): Connections {
  const live = new Map<Connection, ConnectionView>();
  let lastId = 0;
  let isDraining = false;
  return {
    nextId: () => {
      lastId += 1;
      return lastId;
    },
    add: (connection, about) => {
      live.set(connection, viewOf(connection, about));
      if (isDraining) about.transport.close(CLOSE_CODE.restart);
      return () => live.delete(connection);
    },
    list: () => [...live.values()],
    tellDrain: async () => {
      isDraining = true;
      await Promise.all([...live.keys()].map((connection) => connection.tellDrain()));
    },
  };
}

function viewOf(connection: Connection, { transport, ...about }: ConnectionPlace): ConnectionView {
  return {
    id: about.id,
    path: about.path,
    socketId: about.socketId,
    transport: transport.name,
    channels: () => connection.channels().map(({ topic, joinRef, handle }) => ({ topic, joinRef, handle })),
    close: transport.close,
    cut: transport.cut,
  };
}
