import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out about the constructor `WebSocket` and an instance before it is open, as data: run in a page
 * with and without the tap, the answers must be the same. Travels to the page as text, so it stands alone. `url` is an
 * echo server's (`startEchoServer`).
 */
export async function observeWebSocket(url: string, kit: FactsKit): Promise<Record<string, unknown>> {
  const { attempt, descriptor, describe, once } = kit;
  const facts: Record<string, unknown> = {};
  const { prototype } = WebSocket;

  facts.constructorItself = describe(WebSocket);
  facts.send = describe(prototype.send);
  facts.constants = [WebSocket.CONNECTING, WebSocket.OPEN, WebSocket.CLOSING, WebSocket.CLOSED];
  facts.instanceConstants = [prototype.CONNECTING, prototype.OPEN, prototype.CLOSING, prototype.CLOSED];
  facts.globalDescriptor = descriptor(globalThis, "WebSocket");
  facts.staticDescriptors = Reflect.ownKeys(WebSocket).map((key) => [
    String(key),
    descriptor(WebSocket, key),
  ]);
  facts.descriptors = Reflect.ownKeys(prototype).map((key) => [String(key), descriptor(prototype, key)]);
  facts.chain = [
    Object.getPrototypeOf(WebSocket) === EventTarget,
    Object.getPrototypeOf(prototype) === EventTarget.prototype,
    prototype.constructor === WebSocket,
    Object.isExtensible(WebSocket),
    Object.isFrozen(prototype.send),
  ];
  facts.expando = attempt(() => {
    const target: Record<string, unknown> = WebSocket as never;
    target.mine = 1;
    const seen = [target.mine, "mine" in WebSocket, Reflect.deleteProperty(WebSocket, "mine"), target.mine];
    return [
      ...seen,
      Reflect.deleteProperty(WebSocket, "prototype"),
      Reflect.deleteProperty(WebSocket, "OPEN"),
    ];
  });

  facts.withoutNew = attempt(() => (WebSocket as unknown as () => void)());
  facts.called = attempt(() => (WebSocket as unknown as () => void).call({}));
  facts.noArguments = attempt(() => Reflect.construct(WebSocket, []));
  for (const bad of ["ws://[", "ws://", "ftp://localhost/", "ws://localhost:99999/", `${url}#fragment`]) {
    facts[`url ${bad.slice(0, 20)}`] = attempt(() => new WebSocket(bad));
  }
  for (const bad of ["not a token", "", ["one", "one"], ["ok", "no good"], [1, 1], [""]]) {
    facts[`protocol ${JSON.stringify(bad)}`] = attempt(() => new WebSocket(url, bad as string[]));
  }
  facts.badNewTarget = attempt(() => Reflect.construct(WebSocket, [url], (() => 0) as never));
  facts.symbolUrl = attempt(() => new WebSocket(Symbol("no") as unknown as string));
  facts.throwingUrl = attempt(() => {
    const thrower = {
      toString() {
        throw new RangeError("the page's own");
      },
    };
    return new WebSocket(thrower as unknown as string);
  });
  facts.foreignSend = attempt(() => prototype.send.call({} as WebSocket, "x"));
  facts.prototypeSend = attempt(() => prototype.send("x"));

  // What is read of the arguments, and in which order.
  const reads: string[] = [];
  const noting = <Value>(name: string, value: Value): Value => {
    reads.push(name);
    return value;
  };
  const spied = {
    toString: () => noting("url", url),
  };
  const spiedProtocols = {
    *[Symbol.iterator]() {
      reads.push("protocols");
      yield "phoenix";
    },
  };
  attempt(() => new WebSocket(spied as unknown as string, spiedProtocols as unknown as string[]).close());
  facts.reads = reads;

  const socket = new WebSocket(url);
  facts.instance = [
    socket instanceof WebSocket,
    socket instanceof EventTarget,
    socket.constructor === WebSocket,
    Object.getPrototypeOf(socket) === prototype,
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
  for (const code of [0, 999, 1001, 1005, 2999, 5000, Number.NaN]) {
    facts[`close ${code}`] = attempt(() => socket.close(code));
  }
  facts.closeLongReason = attempt(() => socket.close(1000, "x".repeat(124)));
  facts.binaryTypes = ["arraybuffer", "nonsense", "blob"].map((type) =>
    attempt(() => {
      socket.binaryType = type as BinaryType;
      return socket.binaryType;
    }),
  );
  const order: string[] = [];
  socket.onopen = () => order.push("onopen");
  socket.addEventListener("open", () => order.push("listener"));
  socket.addEventListener("open", () => order.push("capturing"), true);
  socket.addEventListener("open", { handleEvent: () => order.push("object") });
  await once(socket, "open");
  facts.openOrder = [order, socket.readyState, socket.protocol, socket.extensions !== undefined];
  socket.close();

  const chosen = new WebSocket(url, ["phoenix", "other"]);
  await once(chosen, "open");
  facts.chosenProtocol = chosen.protocol;
  chosen.close();
  return facts;
}
