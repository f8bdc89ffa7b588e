import { isBlob, isBuffer } from "./native";

/** What a page may send or receive on a WebSocket, once it is out of the page's reach. */
export type FrameData = string | ArrayBuffer | Blob;

/**
 * A copy of a frame's data that the page cannot change any more. Text and blobs cannot change; buffers can, and are
 * copied. What is neither is text to a WebSocket, so it has been turned into text before (`toSendable`).
 */
export function copyFrameData(data: unknown): FrameData {
  if (isBlob(data)) return data;
  if (isBuffer(data)) return copyBytes(data, 0, data.byteLength);
  if (ArrayBuffer.isView(data)) return copyBytes(data.buffer, data.byteOffset, data.byteLength);
  return String(data);
}

function copyBytes(buffer: ArrayBufferLike, offset: number, length: number): ArrayBuffer {
  // Of a buffer that was transferred away nothing is sent, and it cannot be looked into.
  if (length === 0) return new ArrayBuffer(0);
  const copy = new Uint8Array(length);
  copy.set(new Uint8Array(buffer, offset, length));
  return copy.buffer;
}

/**
 * `data` as `WebSocket.send` takes it. An object that is text to a socket is read once, here, as `send` would read it;
 * everything else stays what it is, and what `send` refuses it refuses itself.
 */
export function toSendable(data: unknown): unknown {
  const isObject = (typeof data === "object" && data !== null) || typeof data === "function";
  if (!isObject || ArrayBuffer.isView(data) || isBuffer(data) || isBlob(data)) return data;
  return `${data}`;
}
