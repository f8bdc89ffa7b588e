import { bufferLength, isBlob, isBuffer, readerOf, uncurry } from "./native";

/** What a page may send or receive on a WebSocket, once it is out of the page's reach. */
export type FrameData = string | ArrayBuffer | Blob;

// Taken now: a page may replace them later.
const { isView } = ArrayBuffer;
const Buffer = ArrayBuffer;
const Bytes = Uint8Array;
const setBytes = uncurry(Uint8Array.prototype.set);
const typedArray: Uint8Array = Object.getPrototypeOf(Uint8Array.prototype);
const typedArrays = readersOf(typedArray);
const dataViews = readersOf(DataView.prototype);
const tagOf = readerOf(typedArray, Symbol.toStringTag);

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
  if (isBlob(data)) return data;
  if (isBuffer(data)) return copyBytes(data, 0, bufferLength(data));
  if (!isView(data)) return `${data}`;
  // Only a view of numbers has a tag, whoever asks.
  const { buffer, offset, length } = tagOf(data) === undefined ? dataViews : typedArrays;
  return copyBytes(buffer(data), offset(data), length(data));
}

function copyBytes(buffer: ArrayBufferLike, offset: number, length: number): ArrayBuffer {
  // Of a buffer that was transferred away nothing is sent, and it cannot be looked into.
  if (length === 0) return new Buffer(0);
  const copy = new Buffer(length);
  setBytes(new Bytes(copy), new Bytes(buffer, offset, length));
  return copy;
}

/**
 * `data` as `WebSocket.send` takes it. An object that is text to a socket is read once, here, as `send` would read it;
 * everything else stays what it is, and what `send` refuses it refuses itself.
 */
export function toSendable(data: unknown): unknown {
  const isObject = (typeof data === "object" && data !== null) || typeof data === "function";
  if (!isObject || isView(data) || isBuffer(data) || isBlob(data)) return data;
  return `${data}`;
}
