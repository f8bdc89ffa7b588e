import { bufferLength, isBlob, isBuffer, readerOf, readIf, uncurry } from "./native";

/** What a page may send or receive on a WebSocket, once it is out of the page's reach. */
export type FrameData = string | ArrayBuffer | Blob;

// Taken now: a page may replace them later.
const toObject = Object;
const { isView } = ArrayBuffer;
const Buffer = ArrayBuffer;
const Bytes = Uint8Array;
const setBytes = uncurry(Uint8Array.prototype.set);
const typedArrays = readersOf(Uint8Array.prototype);
const dataViews = readersOf(DataView.prototype);

function readersOf(prototype: Uint8Array | DataView) {
  return {
    buffer: readerOf(prototype, "buffer"),
    offset: readerOf(prototype, "byteOffset"),
    length: readerOf(prototype, "byteLength"),
  };
}

/**
 * A copy of a frame's data that the page cannot change any more. Text and blobs cannot change; buffers can, and are
 * copied. What is neither is text to a WebSocket, so it has been turned into text before (`toSendable`).
 */
export function copyFrameData(data: unknown): FrameData {
  if (typeof data === "string") return data;
  // What is asked first costs nothing: to be told that an object is of another kind costs an error.
  if (isView(data)) {
    const { buffer, offset, length } =
      readIf(typedArrays.length, data) === undefined ? dataViews : typedArrays;
    return copyBytes(buffer(data), offset(data), length(data));
  }
  if (isBuffer(data)) return copyBytes(data, 0, bufferLength(data));
  return isBlob(data) ? data : `${data}`;
}

function copyBytes(buffer: ArrayBufferLike, offset: number, length: number): ArrayBuffer {
  const copy = new Buffer(length);
  // Of a buffer that was transferred away nothing is sent, and it cannot be looked into.
  if (length > 0) setBytes(new Bytes(copy), new Bytes(buffer, offset, length));
  return copy;
}

/**
 * `data` as `WebSocket.send` takes it. An object that is text to a socket is read once, here, as `send` would read it;
 * everything else stays what it is, and what `send` refuses it refuses itself.
 */
export function toSendable(data: unknown): unknown {
  if (typeof data === "string" || toObject(data) !== data || isView(data) || isBuffer(data) || isBlob(data))
    return data;
  return `${data}`;
}
