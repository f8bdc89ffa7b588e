import { describe, expect, it, vi } from "vitest";
import { fromExtensionPort } from "../../src/bridge/extension-port";
import { createListeners } from "../../src/bridge/listeners";

describe("an extension port as a port", () => {
  it("throws nothing once its extension was reloaded, and tries no more", () => {
    const invalidated = vi.fn(() => {
      throw new Error("Extension context invalidated.");
    });
    const port = fromExtensionPort({
      ...createRuntimePort(),
      postMessage: invalidated,
      disconnect: invalidated,
    });

    port.post({ kind: "beat" });
    port.post({ kind: "beat" });
    port.close();
    expect(invalidated).toHaveBeenCalledTimes(1);
  });

  it("posts nothing after the other end has gone", () => {
    const runtime = createRuntimePort();
    const port = fromExtensionPort(runtime);
    const closed = vi.fn();
    port.onClose(closed);
    port.post(1);
    runtime.end();
    port.post(2);

    expect(closed).toHaveBeenCalledTimes(1);
    expect(runtime.postMessage.mock.calls).toEqual([[1]]);
  });
});

function createRuntimePort() {
  const messages = createListeners<[unknown]>();
  const ends = createListeners<[]>();
  return {
    postMessage: vi.fn(),
    disconnect: vi.fn(),
    onMessage: { addListener: messages.add, removeListener: () => undefined },
    onDisconnect: { addListener: ends.add, removeListener: () => undefined },
    end: ends.call,
  };
}
