import type { Socket } from "phoenix";

export type ConnectionStatus = "connecting" | "connected" | "disconnected";

/** Calls `listener` with the status now, and whenever it changes. Returns the undo. */
export function watchConnection(socket: Socket, listener: (status: ConnectionStatus) => void): () => void {
  let last: ConnectionStatus | null = null;
  const tell = (status: ConnectionStatus) => {
    if (status === last) return;
    last = status;
    listener(status);
  };
  const refs = [
    socket.onOpen(() => tell("connected")),
    socket.onClose(() => tell("disconnected")),
    socket.onError(() => tell("disconnected")),
  ];
  tell(socket.isConnected() ? "connected" : "connecting");
  return () => socket.off(refs);
}
