import { describe, expect, it } from "vitest";
import { createTabs } from "../../src/background/tabs";
import type { Host } from "../../src/host/host";
import { createPortPair } from "../support/port-pair";

describe("the inspected tabs", () => {
  it("have one host each, from the first viewer to the last", () => {
    const { tabs, looked } = open();
    const first = tabs.open(1);
    const closePanel = first.addViewer();
    const closeDevtools = tabs.open(1).addViewer();

    expect(tabs.open(1)).toBe(first);
    expect(tabs.open(2).host).not.toBe(first.host);
    expect(looked).toEqual([1, 2]);

    closePanel();
    expect(tabs.find(1)).toBe(first);
    closeDevtools();
    expect(tabs.find(1)).toBeUndefined();
  });

  it("let go of their documents when nobody looks any more", () => {
    const { tabs } = open();
    const tab = tabs.open(1);
    const close = tab.addViewer();
    const [background, content] = createPortPair();
    let isClosed = false;
    content.onClose(() => {
      isClosed = true;
    });
    tab.addDocument(background);
    close();

    expect(isClosed).toBe(true);
  });
});

function open() {
  const looked: number[] = [];
  const createHost = (): Host => ({ connectPage: () => undefined, connectPanel: () => undefined });
  return { tabs: createTabs({ createHost, look: (tab) => looked.push(tab) }), looked };
}
