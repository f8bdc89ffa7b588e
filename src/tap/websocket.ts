import { bare } from "../bridge/bare";
import { copyFrameData, toSendable } from "./frame-data";
import {
  apply,
  blobSize,
  construct,
  hearFirst,
  intercept,
  isBlob,
  messageData,
  readerOf,
  replace,
  uncurry,
} from "./native";
import { isPhoenixUrl } from "./phoenix-url";
import type { Recorder } from "./recorder";

// Taken now: a page may replace them later.
const { prototype } = WebSocket;
const urlOf = readerOf(prototype, "url");
const stateOf = readerOf(prototype, "readyState");
const protocolOf = readerOf(prototype, "protocol");
const codeOf = readerOf(CloseEvent.prototype, "code");
const reasonOf = readerOf(CloseEvent.prototype, "reason");
const wasClean = readerOf(CloseEvent.prototype, "wasClean");
const readBytes = uncurry(Blob.prototype.arrayBuffer);
const { isArray } = Array;
const { getOwnPropertyDescriptor } = Object;

/** `WebSocket.OPEN`, by its number: what another extension has put in its place may not have it. */
const OPEN = 1;

/**
 * Wraps the page's `WebSocket` so that everything that Phoenix sockets do is recorded. To the page the constructor and
 * its instances stay the native ones: a `Proxy` in front of the constructor and of `prototype.send`, and listeners that
 * were there first. What the page can tell is named in README.md.
 */
export function tapWebSocket(recorder: Recorder): void {
  const sockets = new WeakMap<object, number>();
  const socketOf = sockets.get.bind(sockets);
  const remember = sockets.set.bind(sockets);

  const noteSocket = recorder.guard((native: WebSocket, protocols: unknown) => {
    const url = urlOf(native);
    if (!isPhoenixUrl(url)) return recorder.noteOtherSocket();
    const asked = toProtocols(protocols);
    const socket = recorder.nextId();
    remember(native, socket);
    const at = recorder.now();
    recorder.add({ type: "socket", at, socket, url, transport: "websocket", protocols: asked });
    follow(recorder, native, socket);
  });
  const noteSent = recorder.guard((socket: number, data: unknown) =>
    recordFrame(recorder, "out", socket, data),
  );

  intercept(prototype, "send", {
    apply(nativeSend, receiver, args: readonly unknown[]) {
      const socket = socketOf(receiver);
      if (socket === undefined || args.length === 0 || !recorder.isOn())
        return apply(nativeSend, receiver, args);
      const data = toSendable(args[0]);
      const isOpen = stateOf(receiver) === OPEN;
      apply(nativeSend, receiver, [data]);
      // A socket that is closing swallows what it is given: that never was on the wire.
      if (isOpen) noteSent(socket, data);
    },
  });
  intercept(globalThis, "WebSocket", {
    construct(native, args: readonly unknown[], newTarget) {
      const socket: WebSocket = construct(native, args, newTarget);
      noteSocket(socket, args[1]);
      return socket;
    },
  });
  replace(prototype, "constructor", WebSocket);
}

function follow(recorder: Recorder, native: WebSocket, socket: number): void {
  const { add, now } = recorder;
  const on = (type: string, record: (event: Event) => void): void =>
    hearFirst(native, type, recorder.guard(record));
  on("open", () => add({ type: "open", at: now(), socket, protocol: protocolOf(native) }));
  on("message", (event) => recordFrame(recorder, "in", socket, messageData(event)));
  on("error", () => add({ type: "error", at: now(), socket }));
  on("close", (event) => {
    const code = codeOf(event);
    add({ type: "close", at: now(), socket, code, reason: reasonOf(event), clean: wasClean(event) });
  });
}

function recordFrame(recorder: Recorder, type: "out" | "in", socket: number, data: unknown): void {
  if (typeof data === "string") {
    recorder.addText(socket, type === "out", data);
    return;
  }
  const at = recorder.now();
  const copy = copyFrameData(data);
  if (isBlob(copy)) recordBlob(recorder, { type, at, socket }, copy);
  else recorder.add({ type, at, socket, data: copy });
}

/** The bytes of a blob come later: the frame keeps its place until then. */
function recordBlob(
  recorder: Recorder,
  frame: { readonly type: "out" | "in"; readonly at: number; readonly socket: number },
  blob: Blob,
): void {
  const gap = { ...frame, type: "gap", events: 1, bytes: blobSize(blob), why: WHY_NOT_READ } as const;
  recorder.addRead(
    readBytes(blob),
    (data) => ({ ...frame, data }),
    () => gap,
    gap,
  );
}

const WHY_NOT_READ = "A Blob could not be read.";

/** So many are read at the most: a `Proxy` could go on for ever. */
const MAX_PROTOCOLS = 64;

/** Only strings and arrays of them are read: reading any other iterable again could change what the page sees. */
function toProtocols(protocols: unknown): readonly string[] {
  if (typeof protocols === "string") return [protocols];
  const found: string[] = bare([]);
  if (!isArray(protocols)) return found;
  while (found.length < MAX_PROTOCOLS) {
    const protocol: unknown = getOwnPropertyDescriptor(protocols, found.length)?.value;
    if (typeof protocol !== "string") break;
    found[found.length] = protocol;
  }
  return found;
}
