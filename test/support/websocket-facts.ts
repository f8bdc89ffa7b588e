/**
 * What a page can find out about `WebSocket`, as data: run in a page with and without the tap, the answers must be the
 * same. Runs inside the page, so it stands alone. `url` is an echo server's that closes when told `close CODE`.
 */
export async function observeWebSocket(url: string): Promise<Record<string, unknown>> {
  const facts: Record<string, unknown> = {};
  const attempt = (run: () => unknown): unknown => {
    try {
      return run();
    } catch (error) {
      return error instanceof Error ? `${error.constructor.name} ${error.name}: ${error.message}` : "threw";
    }
  };
  const once = (target: EventTarget, type: string): Promise<Event> =>
    new Promise((resolve) => target.addEventListener(type, resolve, { once: true }));
  const descriptor = (object: object, key: string): unknown => {
    const { value, get, set, ...attributes } = Object.getOwnPropertyDescriptor(object, key) ?? {};
    return { ...attributes, value: typeof value, get: typeof get, set: typeof set };
  };

  // The constructor.
  facts.names = [
    WebSocket.name,
    WebSocket.length,
    typeof WebSocket,
    String(WebSocket).includes("[native code]"),
  ];
  facts.constants = [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED];
  facts.ownKeys = Reflect.ownKeys(WebSocket).map(String).sort();
  facts.prototypeKeys = Reflect.ownKeys(WebSocket.prototype).map(String).sort();
  facts.descriptors = [
    descriptor(globalThis, "WebSocket"),
    ...Reflect.ownKeys(WebSocket.prototype).map((key) => [
      String(key),
      descriptor(WebSocket.prototype, String(key)),
    ]),
  ];
  facts.chain = Object.getPrototypeOf(WebSocket) === EventTarget;
  facts.prototypeConstructor = WebSocket.prototype.constructor === WebSocket;
  facts.send = [
    WebSocket.prototype.send.name,
    WebSocket.prototype.send.length,
    String(WebSocket.prototype.send).includes("[native code]"),
  ];
  facts.withoutNew = attempt(() => (WebSocket as unknown as () => void)());
  facts.noArguments = attempt(() => Reflect.construct(WebSocket, []));
  facts.badUrl = attempt(() => new WebSocket("ws://["));
  facts.fragment = attempt(() => new WebSocket(`${url}#fragment`));
  facts.badProtocol = attempt(() => new WebSocket(url, "not a token"));
  facts.twiceTheProtocol = attempt(() => new WebSocket(url, ["one", "one"]));
  facts.foreignSend = attempt(() => WebSocket.prototype.send.call({} as WebSocket, "x"));
  facts.frozenSend = attempt(() => Object.isFrozen(WebSocket.prototype.send));

  // An instance.
  const socket = new WebSocket(url);
  facts.instance = [
    socket instanceof WebSocket,
    socket.constructor === WebSocket,
    Object.getPrototypeOf(socket) === WebSocket.prototype,
    Reflect.ownKeys(socket).map(String),
    Object.prototype.toString.call(socket),
    socket.url,
    socket.readyState,
    socket.binaryType,
    socket.protocol,
    socket.extensions,
    socket.bufferedAmount,
  ];
  facts.sendWhileConnecting = attempt(() => socket.send("early"));
  facts.sendNothing = attempt(() => (socket.send as () => void)());
  facts.closeBadCode = attempt(() => socket.close(1001));
  facts.closeLongReason = attempt(() => socket.close(1000, "x".repeat(124)));

  const order: string[] = [];
  socket.onopen = () => order.push("onopen");
  socket.addEventListener("open", () => order.push("listener"));
  socket.addEventListener("open", { handleEvent: () => order.push("object") });
  await once(socket, "open");
  facts.openOrder = order;

  // Frames, both ways.
  const echo = async (data: Parameters<WebSocket["send"]>[0]): Promise<unknown> => {
    const answer = once(socket, "message") as Promise<MessageEvent>;
    socket.send(data);
    const event = await answer;
    const { data: received } = event;
    const bytes = received instanceof Blob ? await received.arrayBuffer() : received;
    return [
      event.isTrusted,
      event.origin,
      Object.prototype.toString.call(received),
      bytes instanceof ArrayBuffer ? [...new Uint8Array(bytes)] : bytes,
    ];
  };
  facts.text = await echo("héllo €");
  facts.object = await echo({ toString: () => "as text" } as unknown as string);
  facts.symbol = attempt(() => socket.send(Symbol("no") as unknown as string));
  facts.blobReceived = await echo(new Uint8Array([1, 2, 3]).buffer);
  socket.binaryType = "arraybuffer";
  facts.bufferReceived = await echo(new Uint8Array([4, 5]).buffer);
  facts.view = await echo(new Uint8Array([9, 8, 7, 6]).subarray(1, 3));
  facts.dataView = await echo(new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2));
  facts.blobSent = await echo(new Blob(["blob"]));
  let conversions = 0;
  await echo({
    toString: () => {
      conversions++;
      return "counted";
    },
  } as unknown as string);
  facts.conversions = conversions;

  // What a page replaces, and what it only pretends.
  let reads = 0;
  const patched = async (prototype: object, key: string, run: () => Promise<unknown>): Promise<unknown> => {
    const native = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
    const get = function (this: unknown): unknown {
      reads++;
      return native.get?.call(this);
    };
    Object.defineProperty(prototype, key, { ...native, get });
    reads = 0;
    const result = await run();
    Object.defineProperty(prototype, key, native);
    return [reads, result];
  };
  facts.patchedData = await patched(MessageEvent.prototype, "data", () => echo("read once"));
  facts.patchedUrl = await patched(WebSocket.prototype, "url", async () => new WebSocket(url).close());
  facts.patchedState = await patched(WebSocket.prototype, "readyState", () => echo("not read"));
  class Private extends WebSocket {
    #secret = "kept";
    override get url(): string {
      return this.#secret;
    }
  }
  facts.privateField = attempt(() => {
    const made = new Private(url);
    made.close();
    return made.url;
  });
  facts.pretended = attempt(() => {
    const seen: unknown[] = [];
    const listen = (event: Event): void => void seen.push(event.type, event.isTrusted);
    for (const type of ["message", "close"]) socket.addEventListener(type, listen, { once: true });
    socket.dispatchEvent(new MessageEvent("message", { data: "mine" }));
    socket.dispatchEvent(new CloseEvent("close", { code: 4999 }));
    return [...seen, socket.readyState];
  });
  const handlers: string[] = [];
  socket.onmessage = () => handlers.push("first");
  const replacement = (): void => void handlers.push("second");
  socket.onmessage = replacement;
  facts.handler = [socket.onmessage === replacement, socket.onerror, socket.onclose];
  socket.onmessage = null;
  facts.handlers = [await echo("no handler is left"), handlers];
  const sized = new Uint8Array(100_000);
  facts.bufferedAfterSend = attempt(() => {
    socket.send(sized);
    return socket.bufferedAmount;
  });
  await once(socket, "message");

  // Listeners.
  const heard: string[] = [];
  const abort = new AbortController();
  socket.addEventListener("message", () => heard.push("aborted"), { signal: abort.signal });
  const removed = (): void => void heard.push("removed");
  socket.addEventListener("message", removed);
  socket.addEventListener("message", (event) => {
    heard.push("first");
    event.stopImmediatePropagation();
  });
  socket.addEventListener("message", () => heard.push("never"));
  abort.abort();
  socket.removeEventListener("message", removed);
  socket.send("listeners");
  await new Promise((resolve) => setTimeout(resolve, 50));
  facts.heard = heard;

  // Subclasses.
  class Derived extends WebSocket {
    extra = 1;
    override send(data: string): void {
      super.send(`derived ${data}`);
    }
  }
  const derived = new Derived(url);
  await once(derived, "open");
  const derivedAnswer = once(derived, "message") as Promise<MessageEvent>;
  derived.send("hi");
  facts.derived = [
    derived instanceof Derived,
    derived instanceof WebSocket,
    derived.constructor === Derived,
    derived.extra,
    (await derivedAnswer).data,
  ];
  facts.construct = attempt(() => {
    const made = Reflect.construct(WebSocket, [url], Derived);
    made.close();
    return made instanceof Derived;
  });

  // Ends.
  facts.closedWhileConnecting = await (async () => {
    const early = new WebSocket(url);
    const ends: string[] = [];
    for (const type of ["open", "error", "close"]) early.addEventListener(type, () => ends.push(type));
    const closed = once(early, "close") as Promise<CloseEvent>;
    early.close();
    const state = early.readyState;
    const sent = attempt(() => early.send("too late"));
    const { code, wasClean } = await closed;
    return [state, sent, early.bufferedAmount, code, wasClean, ends];
  })();
  const closeOf = async (target: WebSocket): Promise<unknown> => {
    const event = (await once(target, "close")) as CloseEvent;
    return [event.code, event.reason, event.wasClean, target.readyState];
  };
  const byServer = closeOf(socket);
  socket.send("close 4001");
  facts.closedByServer = await byServer;
  facts.sendWhenClosed = attempt(() => socket.send("late"));
  facts.bufferedWhenClosed = socket.bufferedAmount;
  const byPage = closeOf(derived);
  derived.close(3000, "done");
  facts.closedByPage = await byPage;
  const refused = new WebSocket(url.replace("/websocket", "/refused/websocket"));
  facts.refused = await closeOf(refused);
  return facts;
}
