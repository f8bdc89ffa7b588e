import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out that subclasses `WebSocket`, replaces what belongs to it, and ends sockets in every way, as
 * `observeWebSocket` does of the constructor. Travels to the page as text, so it stands alone.
 */
export async function observeUse(url: string, kit: FactsKit): Promise<Record<string, unknown>> {
  const { attempt, once } = kit;
  const facts: Record<string, unknown> = {};

  // Subclasses.
  class Derived extends WebSocket {
    extra = 1;
    #secret = "kept";
    override get url(): string {
      return this.#secret;
    }
    override send(data: string): void {
      super.send(`derived ${data}`);
    }
  }
  const derived = new Derived(url);
  await once(derived, "open");
  const answer = once<MessageEvent>(derived, "message");
  derived.send("hi");
  facts.derived = [
    derived instanceof Derived,
    derived instanceof WebSocket,
    derived.constructor === Derived,
    Object.getPrototypeOf(Derived) === WebSocket,
    derived.extra,
    derived.url,
    Derived.OPEN,
    (await answer).data,
  ];
  const make = (target: unknown): WebSocket => Reflect.construct(WebSocket, [url], target as never);
  facts.construct = attempt(() => {
    const made = [make(Derived), make(WebSocket), make(Array), make(class {})];
    for (const socket of made) WebSocket.prototype.close.call(socket);
    return made.map((socket) => [
      socket instanceof Derived,
      socket instanceof WebSocket,
      Array.isArray(socket),
    ]);
  });
  facts.oldStyle = attempt(() => {
    function Old(): WebSocket {
      return new WebSocket(url);
    }
    Old.prototype = WebSocket.prototype;
    const made = Reflect.construct(Old, []);
    made.close();
    return [made instanceof WebSocket, made instanceof (Old as never), made.constructor === WebSocket];
  });
  facts.proxied = attempt(() => {
    const Wrapped = new Proxy(WebSocket, {});
    const made = new Wrapped(url);
    made.close();
    return [made instanceof Wrapped, made instanceof WebSocket, Wrapped.prototype === WebSocket.prototype];
  });

  // What a page replaces: how often it is read, and that it still works.
  const socket = new WebSocket(url);
  await once(socket, "open");
  const echo = async (data: string): Promise<unknown> => {
    const answered = once<MessageEvent>(socket, "message");
    socket.send(data);
    return (await answered).data;
  };
  const { apply } = Reflect;
  const patched = async (prototype: object, key: string, run: () => Promise<unknown>): Promise<unknown> => {
    const native = Object.getOwnPropertyDescriptor(prototype, key) ?? {};
    let uses = 0;
    const use = (original: unknown, receiver: unknown, args: unknown[]): unknown => {
      uses++;
      return typeof original === "function" ? apply(original, receiver, args) : undefined;
    };
    const accessor = {
      get(this: unknown): unknown {
        return use(native.get, this, []);
      },
    };
    const method = {
      value(this: unknown, ...args: unknown[]): unknown {
        return use(native.value, this, args);
      },
    };
    Object.defineProperty(prototype, key, { configurable: true, ...(native.get ? accessor : method) });
    const result = await run();
    Object.defineProperty(prototype, key, native);
    return [uses, result];
  };
  const open = async (): Promise<void> => new WebSocket(url, ["phoenix"]).close();
  const traffic = (): Promise<unknown> => echo("not looked at");
  facts.patchedUrl = await patched(WebSocket.prototype, "url", open);
  facts.patchedProtocol = await patched(WebSocket.prototype, "protocol", open);
  facts.patchedState = await patched(WebSocket.prototype, "readyState", traffic);
  facts.patchedWeakMap = await patched(WeakMap.prototype, "get", traffic);
  facts.patchedTest = await patched(RegExp.prototype, "test", open);
  facts.patchedIncludes = await patched(String.prototype, "includes", open);
  facts.patchedEndsWith = await patched(String.prototype, "endsWith", open);
  facts.patchedApply = await patched(Reflect, "apply", async () => socket.send("x"));
  facts.patchedPush = await patched(Array.prototype, "push", async () => socket.send("x"));
  facts.patchedData = await patched(MessageEvent.prototype, "data", async () => {
    const heard = once(socket, "message");
    socket.send("not looked at");
    await heard;
    return "heard";
  });

  // Ends.
  const closeOf = async (target: WebSocket): Promise<unknown> => {
    const ends: string[] = [];
    for (const type of ["open", "error", "close"]) target.addEventListener(type, () => ends.push(type));
    const { code, reason, wasClean, isTrusted } = await once<CloseEvent>(target, "close");
    return [code, reason, wasClean, isTrusted, target.readyState, ends];
  };
  const ending = async (run: (opened: WebSocket) => void): Promise<unknown> => {
    const opened = new WebSocket(url);
    await once(opened, "open");
    const closed = closeOf(opened);
    run(opened);
    return [opened.readyState, await closed, opened.bufferedAmount, attempt(() => opened.send("late"))];
  };
  facts.byPage = await ending((opened) => opened.close(3000, "done"));
  facts.byPagePlain = await ending((opened) => opened.close());
  facts.byPageTwice = await ending((opened) => {
    opened.close(1000, "one");
    opened.close(3001, "two");
    opened.send("swallowed");
  });
  facts.byServer = await ending((opened) => opened.send("close 4001"));
  facts.byServerNormal = await ending((opened) => opened.send("close 1000"));
  facts.cut = await ending((opened) => opened.send("cut"));
  const early = new WebSocket(url);
  const closed = closeOf(early);
  early.close();
  facts.whileConnecting = [
    early.readyState,
    attempt(() => early.send("x")),
    await closed,
    early.bufferedAmount,
  ];
  facts.refused = await closeOf(new WebSocket(url.replace("/websocket", "/refused/websocket")));
  facts.notFound = await closeOf(new WebSocket(url.replace("/websocket", "/missing/websocket")));
  facts.wrongProtocol = await closeOf(new WebSocket(url.replace("/websocket", "/choosy/websocket"), "mine"));
  socket.close();
  return facts;
}
