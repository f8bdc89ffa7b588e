import { describe, expect, it, vi } from "vitest";
import { claimDocument, offerPort, takePort } from "../../src/bridge/handover";

describe("handing the tap's port over", () => {
  it.each([
    ["the tap starts first", ["tap", "content"]],
    ["the content script starts first", ["content", "tap"]],
  ])("works when %s", async (_, order) => {
    const page = new EventTarget();
    const taken: MessagePort[] = [];
    let tap: MessagePort | undefined;
    for (const side of order) {
      if (side === "tap") tap = offerPort(page);
      else takePort(page, (port) => taken.push(port));
    }

    expect(taken).toHaveLength(1);
    tap?.postMessage("hello");
    expect(await firstMessage(taken[0])).toBe("hello");
    tap?.close();
  });

  it("hands over once: a page that asks later gets nothing", () => {
    const page = new EventTarget();
    const tap = offerPort(page);
    takePort(page, () => undefined);
    const stolen = vi.fn();
    takePort(page, stolen);

    expect(stolen).not.toHaveBeenCalled();
    tap.close();
  });

  it("takes one port: what a page offers later is not heard", () => {
    const page = new EventTarget();
    const taken = vi.fn();
    takePort(page, taken);
    const ports = [offerPort(page), offerPort(page)];

    expect(taken).toHaveBeenCalledTimes(1);
    for (const port of ports) port.close();
  });

  it("lets one tap claim a document", () => {
    const page = new EventTarget();
    expect(claimDocument(page)).toBe(true);
    expect(claimDocument(page)).toBe(false);
  });
});

function firstMessage(port: MessagePort | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    if (port !== undefined) port.onmessage = ({ data }) => resolve(data);
  }).finally(() => port?.close());
}
