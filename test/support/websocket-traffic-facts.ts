import type { FactsKit } from "./facts-kit";

/**
 * What a page can find out about frames and listeners of a WebSocket, as `observeWebSocket` does of the constructor.
 * Travels to the page as text, so it stands alone.
 */
export async function observeTraffic(url: string, kit: FactsKit): Promise<Record<string, unknown>> {
  const { attempt, once, wait } = kit;
  const facts: Record<string, unknown> = {};
  const socket = new WebSocket(url);
  await once(socket, "open");

  const echo = async (data: unknown): Promise<unknown> => {
    const answer = once<MessageEvent>(socket, "message");
    socket.send(data as string);
    const { isTrusted, data: received, origin, lastEventId, source, ports, target } = await answer;
    const bytes = received instanceof Blob ? await received.arrayBuffer() : received;
    const content = bytes instanceof ArrayBuffer ? [...new Uint8Array(bytes)] : bytes;
    const kind = Object.prototype.toString.call(received);
    return [isTrusted, origin, lastEventId, source, ports.length, target === socket, kind, content];
  };
  let conversions = 0;
  const counted = {
    toString() {
      conversions++;
      return "counted";
    },
  };
  const sent: Record<string, unknown> = {
    ...{ text: "héllo €", lone: "\ud800", empty: "", number: 12, nothing: null, counted },
    buffer: new Uint8Array([4, 5]).buffer,
    emptyBuffer: new ArrayBuffer(0),
    view: new Uint8Array([9, 8, 7, 6]).subarray(1, 3),
    wide: new Uint16Array([1, 2, 3]).subarray(1),
    dataView: new DataView(new Uint8Array([1, 2, 3, 4]).buffer, 1, 2),
    blob: new Blob(["blob"]),
    emptyBlob: new Blob([]),
  };
  for (const binaryType of ["blob", "arraybuffer"] as const) {
    socket.binaryType = binaryType;
    for (const [name, data] of Object.entries(sent)) facts[`${name} as ${binaryType}`] = await echo(data);
  }
  facts.conversions = conversions;
  facts.undefinedSent = await echo(undefined);
  facts.symbol = attempt(() => socket.send(Symbol("no") as unknown as string));
  facts.throwing = attempt(() => {
    const fail = (): never => {
      throw new RangeError("the page's own");
    };
    socket.send({ toString: fail } as unknown as string);
  });
  facts.returned = attempt(() => typeof (socket.send("returned") as unknown));
  await once(socket, "message");
  facts.bufferedAfterSend = attempt(() => {
    socket.send(new Uint8Array(100_000));
    return socket.bufferedAmount;
  });
  await once(socket, "message");

  // Many frames at once: none delayed, none out of order.
  const numbers: string[] = [];
  const count = (event: MessageEvent): void => void numbers.push(event.data);
  socket.addEventListener("message", count);
  for (let number = 0; number < 200; number++) socket.send(String(number));
  while (numbers.length < 200) await wait(5);
  facts.order = numbers.join();
  socket.removeEventListener("message", count);

  // Listeners.
  const heard: string[] = [];
  const note =
    (what: string): (() => void) =>
    () =>
      void heard.push(what);
  const abort = new AbortController();
  const [removed, twice] = [note("removed"), note("twice")];
  const object = { handleEvent: note("object") };
  socket.addEventListener("message", note("signal"), { signal: abort.signal });
  socket.addEventListener("message", removed);
  socket.addEventListener("message", twice);
  socket.addEventListener("message", twice);
  socket.addEventListener("message", note("once"), { once: true });
  socket.addEventListener("message", object);
  socket.addEventListener("message", note("capturing"), { capture: true });
  socket.onmessage = note("handler");
  socket.addEventListener("message", (event) => event.preventDefault(), { passive: true });
  const stop = (event: Event): void => {
    heard.push(`prevented ${event.defaultPrevented}, phase ${event.eventPhase}`);
    if (heard.length > 10) event.stopImmediatePropagation();
  };
  socket.addEventListener("message", stop);
  socket.addEventListener("message", note("last"));
  await echo("first");
  abort.abort();
  socket.removeEventListener("message", removed);
  const heardFirst = heard.length;
  socket.send("second");
  while (heard.length === heardFirst) await wait(5);
  facts.heard = heard;
  for (const listener of [object, stop]) socket.removeEventListener("message", listener);
  socket.onmessage = null;
  facts.handler = [socket.onmessage, socket.onerror, socket.onclose, socket.onopen];
  facts.throwingListener = await attemptListener();

  async function attemptListener(): Promise<unknown> {
    const thrown = once<ErrorEvent>(globalThis as unknown as EventTarget, "error");
    const shush = (event: Event): void => event.preventDefault();
    globalThis.addEventListener("error", shush);
    socket.addEventListener(
      "message",
      () => {
        throw new RangeError("the page's own");
      },
      { once: true },
    );
    socket.send("third");
    const { message } = await thrown;
    globalThis.removeEventListener("error", shush);
    return message;
  }

  // What a page only pretends.
  facts.pretended = attempt(() => {
    const seen: unknown[] = [];
    const listen = (event: Event): void => void seen.push(event.type, event.isTrusted);
    for (const type of ["message", "close"]) socket.addEventListener(type, listen, { once: true });
    const result = socket.dispatchEvent(new MessageEvent("message", { data: "mine", cancelable: true }));
    socket.dispatchEvent(new CloseEvent("close", { code: 4999 }));
    return [result, ...seen, socket.readyState];
  });
  socket.close();
  return facts;
}
