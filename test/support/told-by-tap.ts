/** An event that a page's tap told of, without its time. */
export type Told = Record<string, unknown>;

/** Runs in the page: takes the tap's port as the content script does, and keeps what it tells of in the document. */
export function takeTap(): void {
  // A test may add to all lists: this one inherits nothing.
  const told: unknown[] = Object.setPrototypeOf([], null);
  Object.defineProperty(window, "told", { value: told });
  window.addEventListener("musubi-devtools:offer", (event) => {
    const [port] = (event as MessageEvent).ports;
    window.dispatchEvent(new Event("musubi-devtools:taken"));
    if (port === undefined) return;
    port.onmessage = ({ data }) => {
      if (data.kind !== "events") told[told.length] = { type: data.kind, why: data.why };
      else for (const { at, ...event } of data.events) told[told.length] = event;
    };
  });
}

/** Runs in the page: what the tap has told of so far, frame by frame. */
export async function readTold(): Promise<readonly Told[]> {
  const { told } = window as unknown as { told: Record<string, unknown>[] };
  const show = (data: unknown): unknown =>
    data instanceof ArrayBuffer ? `bytes ${new TextDecoder().decode(data)}` : data;
  const all: Told[] = [];
  for (const event of Array.from(told)) {
    if (event.type !== "run") {
      all.push("data" in event ? { ...event, data: show(event.data) } : event);
      continue;
    }
    const { length, sent, socket, text } = event as {
      length: number[];
      sent: boolean[];
      socket: number[];
      text: string;
    };
    let start = 0;
    for (const [frame, chars] of length.entries()) {
      const data = text.slice(start, start + chars);
      all.push({ type: sent[frame] ? "out" : "in", socket: socket[frame], data });
      start += chars;
    }
  }
  return all;
}
