import type { PageEvent } from "../bridge/page-event";
import { copyFrameData, type FrameData, toSendable } from "./frame-data";
import { type Getter, getterOf, isBlob, read } from "./native";
import type { Outbox } from "./outbox";
import { isPhoenixUrl } from "./phoenix-url";

/** The globals of a page that the tap wraps and reads. */
export type TapScope = {
  WebSocket: typeof WebSocket;
  readonly MessageEvent: typeof MessageEvent;
  readonly CloseEvent: typeof CloseEvent;
};

/**
 * Wraps `scope.WebSocket` so that everything that Phoenix sockets do lands in `outbox`. To the page the constructor
 * and its instances stay the native ones: a `Proxy` in front of the constructor and of `prototype.send`, and
 * listeners that were there first. What the page can tell is named in README.md.
 *
 * @param now milliseconds since 1970, with fractions
 */
export function tapWebSocket(scope: TapScope, outbox: Outbox, now: () => number): void {
  const Native = scope.WebSocket;
  const sockets = new WeakMap<object, number>();
  // Taken now: a page may replace these later.
  const { apply, construct } = Reflect;
  const get = nativeGetters(scope);
  const socketOf = sockets.get.bind(sockets);
  const listen = Native.prototype.addEventListener;
  let count = 0;

  function recordFrame(type: "out" | "in", socket: number, data: FrameData): void {
    const at = now();
    if (!isBlob(data)) outbox.add({ type, at, socket, data });
    else outbox.addLater(readBlob(data, (bytes) => ({ type, at, socket, data: bytes }), { at, socket }));
  }

  function follow(native: WebSocket, url: string, protocols: unknown): void {
    const socket = ++count;
    sockets.set(native, socket);
    outbox.add({ type: "socket", at: now(), socket, url, protocols: toProtocols(protocols) });
    const on = (type: string, listener: (event: Event) => void): void => {
      // What the page dispatches on its own socket is not traffic.
      const trusted = (event: Event): void => {
        if (event.isTrusted) quietly(() => listener(event));
      };
      apply(listen, native, [type, trusted]);
    };
    on("open", () => outbox.add({ type: "open", at: now(), socket, protocol: String(get.protocol(native)) }));
    on("message", (event) => recordFrame("in", socket, copyFrameData(get.data(event))));
    on("error", () => outbox.add({ type: "error", at: now(), socket }));
    on("close", (event) => {
      const [code, reason] = [Number(get.code(event)), String(get.reason(event))];
      outbox.add({ type: "close", at: now(), socket, code, reason, clean: get.wasClean(event) === true });
    });
  }

  const send = new Proxy(Native.prototype.send, {
    apply(nativeSend, receiver, args: readonly unknown[]) {
      const socket = socketOf(receiver);
      if (socket === undefined || args.length === 0) return apply(nativeSend, receiver, args);
      const data = toSendable(args[0]);
      const isOpen = get.readyState(receiver) === Native.OPEN;
      const result = apply(nativeSend, receiver, [data]);
      // A socket that is closing swallows what it is given: that never was on the wire.
      if (isOpen) quietly(() => recordFrame("out", socket, copyFrameData(data)));
      return result;
    },
  });

  const Tapped = new Proxy(Native, {
    construct(native, args: readonly unknown[], newTarget) {
      const socket: WebSocket = construct(native, args, newTarget);
      quietly(() => {
        const url = String(get.url(socket));
        if (isPhoenixUrl(url)) follow(socket, url, args[1]);
      });
      return socket;
    },
  });

  replace(Native.prototype, "send", send);
  replace(Native.prototype, "constructor", Tapped);
  replace(scope, "WebSocket", Tapped);
}

/** The page must never see an error of the tap's. */
function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // Nothing of the page depends on what was being recorded.
  }
}

/** Gives the property a new value and leaves its attributes as they are. */
function replace(object: object, key: string, value: unknown): void {
  Object.defineProperty(object, key, { ...Object.getOwnPropertyDescriptor(object, key), value });
}

type Read = (object: unknown) => unknown;

/** Reads of sockets and events that no page can see, change or break. */
function nativeGetters({ WebSocket, MessageEvent, CloseEvent }: TapScope) {
  const reader = (prototype: object, key: string): Read => {
    const getter: Getter = getterOf(prototype, key);
    return (object) => read(getter, object);
  };
  return {
    url: reader(WebSocket.prototype, "url"),
    protocol: reader(WebSocket.prototype, "protocol"),
    readyState: reader(WebSocket.prototype, "readyState"),
    data: reader(MessageEvent.prototype, "data"),
    code: reader(CloseEvent.prototype, "code"),
    reason: reader(CloseEvent.prototype, "reason"),
    wasClean: reader(CloseEvent.prototype, "wasClean"),
  };
}

/** Only plain strings and arrays are read: reading any other iterable again could change what the page sees. */
function toProtocols(protocols: unknown): readonly string[] {
  if (typeof protocols === "string") return [protocols];
  return Array.isArray(protocols) ? protocols.filter((item) => typeof item === "string") : [];
}

// Taken now: a page may replace it later.
const { arrayBuffer } = Blob.prototype;
const { apply } = Reflect;

function readBytes(blob: Blob): Promise<ArrayBuffer> {
  return apply(arrayBuffer, blob, []);
}

async function readBlob(
  blob: Blob,
  toEvent: (bytes: ArrayBuffer) => PageEvent,
  where: { readonly at: number; readonly socket: number },
): Promise<PageEvent> {
  try {
    return toEvent(await readBytes(blob));
  } catch (error) {
    const why = `A binary frame could not be read from its Blob: ${String(error)}.`;
    return { type: "gap", ...where, events: 1, bytes: blob.size, why };
  }
}
