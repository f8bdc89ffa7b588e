/** The link to one client. Whoever holds it knows nothing else about what carries the frames. */
export type Transport = {
  /** `websocket`, `longpoll`, or what a custom one calls itself. */
  readonly name: string;
  /** Hands over one encoded frame, or any other bytes: what is no frame is the sender's affair. */
  readonly send: (data: string | Uint8Array) => void;
  /** Ends the connection in an orderly way. The client sees this code (wire.md 1.4). */
  readonly close: (code: number) => void;
  /** Ends the connection as a broken network would: the client sees 1006. */
  readonly cut: () => void;
  /** Asks for no more of this client's frames until `resume`, where the transport can keep them back. */
  readonly pause?: () => void;
  readonly resume?: () => void;
};

/** How a server ends a WebSocket (wire.md 1.4). */
export const CLOSE_CODE = {
  /** The answer to a client that closes. */
  normal: 1000,
  /** The `disconnect` broadcast to the socket's id. */
  goingAway: 1001,
  /** Nothing came from the client for too long. */
  protocolError: 1002,
  internalError: 1011,
  restart: 1012,
} as const;
