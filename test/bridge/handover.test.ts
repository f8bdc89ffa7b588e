import { describe, expect, it, vi } from "vitest";
import { type ContentEnd, claimDocument, offerPort, type TapEnd, takePort } from "../../src/bridge/handover";
import type { TapMessage } from "../../src/bridge/tap-message";

describe("handing the tap's port over", () => {
  it.each([
    ["the tap starts first", ["tap", "content"]],
    ["the content script starts first", ["content", "tap"]],
  ])("works when %s", async (_, order) => {
    const page = new EventTarget();
    const taken: MessagePort[] = [];
    let tap: MessagePort | undefined;
    for (const side of order) {
      if (side === "tap") tap = offerPort(page).port;
      else takePort(page, ({ port }) => taken.push(port));
    }

    expect(taken).toHaveLength(1);
    tap?.postMessage("hello");
    expect(await firstMessage(taken[0])).toBe("hello");
    tap?.close();
  });

  it("hands over once: a page that asks later gets nothing", () => {
    const page = new EventTarget();
    const { port } = offerPort(page);
    takePort(page, () => undefined);
    const stolen = vi.fn();
    takePort(page, stolen);

    expect(stolen).not.toHaveBeenCalled();
    port.close();
  });

  it("takes one port: what a page offers later is not heard", () => {
    const page = new EventTarget();
    const taken = vi.fn();
    takePort(page, taken);
    const ports = [offerPort(page), offerPort(page)];

    expect(taken).toHaveBeenCalledTimes(1);
    for (const { port } of ports) port.close();
  });

  it("lets one tap claim a document", () => {
    const page = new EventTarget();
    expect(claimDocument(page)).toBe(true);
    expect(claimDocument(page)).toBe(false);
  });
});

describe("asking the tap as the page goes", () => {
  const last: TapMessage = { kind: "events", first: 3, events: [{ type: "error", at: 1, socket: 1 }] };

  it.each([
    ["what the tap has left", [last]],
    ["nothing where there is nothing", []],
  ])("gives, during the call, %s", (_, left) => {
    const { tap, content } = open();
    tap.onFlush(() => left);
    expect(content.flush()).toEqual(left);
    tap.port.close();
  });

  it("gives nothing where the tap has not begun to listen", () => {
    const { tap, content } = open();
    expect(content.flush()).toEqual([]);
    tap.port.close();
  });

  it("is out of the page's sight: no event of it passes where the page listens", () => {
    const page = new EventTarget();
    const { tap, content } = open(page);
    tap.onFlush(() => [last]);
    const seen = vi.spyOn(page, "dispatchEvent");
    content.flush();
    expect(seen).not.toHaveBeenCalled();
    tap.port.close();
  });

  it("works while every object inherits what a page added", () => {
    const { tap, content } = open();
    tap.onFlush(() => [last]);
    Object.defineProperty(Object.prototype, "ports", { value: "no ports", configurable: true });
    try {
      expect(content.flush()).toEqual([last]);
    } finally {
      Reflect.deleteProperty(Object.prototype, "ports");
    }
    tap.port.close();
  });
});

function open(page = new EventTarget()): { readonly tap: TapEnd; readonly content: ContentEnd } {
  const ends: ContentEnd[] = [];
  const tap = offerPort(page);
  takePort(page, (end) => ends.push(end));
  const [content] = ends;
  if (content === undefined) throw new Error("the port was not taken");
  return { tap, content };
}

function firstMessage(port: MessagePort | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    if (port !== undefined) port.onmessage = ({ data }) => resolve(data);
  }).finally(() => port?.close());
}
