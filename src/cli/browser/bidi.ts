import WebSocket from "ws";
import { PATIENCE_MS } from "./driver";
import { at, textAt } from "./outside-value";

/** A WebDriver BiDi session (W3C WebDriver BiDi, section 3): commands out, results back. */
export type Bidi = {
  /** Sends a command and gives its result. Rejects with the browser's own message, or once the connection is gone. */
  readonly call: (method: string, params?: object) => Promise<unknown>;
  /** Evaluates `expression`, awaiting what it gives: text, or undefined where it gives none. What it throws rejects. */
  readonly evaluate: (context: string, expression: string) => Promise<string | undefined>;
  /** Calls `listener` with what each event of this name says, once `session.subscribe` has asked for it. Returns the undo. */
  readonly on: (event: string, listener: Listener) => () => void;
  readonly close: () => void;
};

type Listener = (params: unknown) => void;

type Waiting = { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void };

/** Connects to `address`, `ws://HOST:PORT`, where a browser listens, and begins a session. */
export async function connectBidi(address: string): Promise<Bidi> {
  const socket = new WebSocket(`${address}/session`, { handshakeTimeout: PATIENCE_MS, maxPayload: 0 });
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));

  const waiting = new Map<number, Waiting>();
  const listeners = new Map<string, Set<Listener>>();
  let lastId = 0;
  socket.on("message", (data) => {
    const message: unknown = JSON.parse(String(data));
    if (at(message, "type") === "event") announce(listeners, message);
    else settle(waiting, message);
  });
  socket.on("error", () => socket.terminate());
  socket.on("close", () => {
    for (const { reject } of waiting.values()) reject(new Error("The browser has gone."));
    waiting.clear();
  });

  const call = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(new Error(`${method}: the browser has gone.`));
      const id = ++lastId;
      waiting.set(id, { resolve, reject: (error) => reject(new Error(`${method}: ${error.message}`)) });
      socket.send(JSON.stringify({ id, method, params }));
    });

  await call("session.new", { capabilities: {} });
  return {
    call,
    evaluate: async (context, expression) =>
      evaluated(
        await call("script.evaluate", {
          expression,
          target: { context },
          awaitPromise: true,
          userActivation: true,
        }),
      ),
    on: (event, listener) => {
      const known = listeners.get(event) ?? new Set();
      listeners.set(event, known.add(listener));
      return () => known.delete(listener);
    },
    close: () => socket.close(),
  };
}

function announce(listeners: ReadonlyMap<string, ReadonlySet<Listener>>, message: unknown): void {
  for (const listener of listeners.get(textAt(message, "method")) ?? []) listener(at(message, "params"));
}

function settle(waiting: Map<number, Waiting>, message: unknown): void {
  const id = at(message, "id");
  if (typeof id !== "number") return; // a fault that belongs to no call
  const call = waiting.get(id);
  waiting.delete(id);
  if (at(message, "type") === "success") call?.resolve(at(message, "result"));
  else call?.reject(new Error(String(at(message, "message"))));
}

function evaluated(result: unknown): string | undefined {
  if (at(result, "type") === "exception") throw new Error(String(at(result, "exceptionDetails", "text")));
  const value = at(result, "result", "value");
  return typeof value === "string" ? value : undefined;
}
