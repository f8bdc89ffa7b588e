/** What a page is to send, each frame when it is due, and to get back. */
export type Traffic = {
  readonly frames: number;
  readonly bytes: number;
  readonly rhythm: Rhythm;
};

/**
 * `paced`: so many frames at once every so many milliseconds, as an app does whose state ticks. `window`: as fast as it
 * goes, with so many frames on their way at a time.
 */
export type Rhythm =
  | { readonly kind: "paced"; readonly every_ms: number; readonly size: number }
  | { readonly kind: "window"; readonly size: number };

/** What a page's traffic came to. */
export type Exchange = {
  /** From the first frame sent to the last one back. */
  readonly ms: number;
};

/** The page's end of the traffic, under a name that pages have free. */
declare global {
  var traffic: { readonly exchange: (traffic: Traffic) => Promise<Exchange> } | undefined;
}

/** Runs in the page. Connects, and leaves behind what `exchange` uses. */
export async function connectTraffic(url: string): Promise<void> {
  const socket = new WebSocket(url);
  let onFrame = (_: MessageEvent): void => {};
  socket.onmessage = (event) => onFrame(event);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = reject;
  });
  // A push as phoenix.js writes it.
  const frameOf = (ref: number, bytes: number): string => {
    const head = `["1","${ref}","room:lobby","message",{"text":"`;
    return `${head.padEnd(bytes - 3, "x")}"}]`;
  };
  globalThis.traffic = {
    exchange: ({ frames, bytes, rhythm }) =>
      new Promise((resolve) => {
        let sent = 0;
        let back = 0;
        const start = performance.now();
        const send = (): void => {
          if (sent < frames) socket.send(frameOf(++sent, bytes));
        };
        const sendSome = (): void => {
          for (let n = 0; n < rhythm.size; n += 1) send();
        };
        const timer = rhythm.kind === "paced" ? setInterval(sendSome, rhythm.every_ms) : undefined;
        onFrame = () => {
          if (rhythm.kind === "window") send();
          if (++back < frames) return;
          clearInterval(timer);
          resolve({ ms: performance.now() - start });
        };
        sendSome();
      }),
  };
}

/** Runs in the page, once it is connected. */
export function exchangeTraffic(wanted: Traffic): Promise<Exchange> {
  if (globalThis.traffic === undefined) throw new Error("The page is not connected.");
  return globalThis.traffic.exchange(wanted);
}
