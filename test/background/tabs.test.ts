import { describe, expect, it } from "vitest";
import { ABSENCE_MS } from "../../src/background/tab";
import { createTabs } from "../../src/background/tabs";
import { createWatchedTabs } from "../../src/background/watched-tabs";
import type { PageRequest } from "../../src/bridge/page-message";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { Host } from "../../src/host/host";
import { createClock } from "../support/clock";
import { createFakeStorageArea } from "../support/fake-storage-area";
import { createPortPair } from "../support/port-pair";

const LAST: PageRequest & { kind: "last" } = {
  kind: "last",
  document: "d1",
  message: { kind: "events", first: 1, events: [] },
};

describe("the inspected tabs", () => {
  it("have one host each, however many look, and ask their documents to connect once", async () => {
    const { background, log } = open();
    background.view(1);
    background.view(1);
    background.view(2);
    await settle();
    expect(log).toEqual([
      "look 1",
      "look 2",
      "open 1",
      "open 2",
      "viewer of 1",
      "viewer of 1",
      "viewer of 2",
    ]);
  });

  it("give a document to its own tab's host, with what it has said meanwhile", async () => {
    const { background, log, slow } = open();
    const goOn = slow();
    background.view(1);
    background.view(2);
    const page = background.document(2, "https://frame.test/");
    page.post("hello");
    await settle();
    expect(log).toEqual(["look 1", "look 2"]);

    goOn();
    await settle();
    expect(log).toContain("document of 2, frame https://frame.test/");
    expect(log).toContain('2 hears "hello"');
    expect(log.filter((line) => line.startsWith("1 hears"))).toEqual([]);
  });

  it("turn away the documents of a tab that nobody looks at, and what they hand over while they go", async () => {
    const { background, log } = open();
    background.view(1);
    const page = background.document(2);
    await background.tabs.takeLast(2, LAST);
    await settle();
    expect(page.isClosed()).toBe(true);
    expect(log.filter((line) => line.includes("2"))).toEqual([]);
  });

  it("keep a document that came just before its first viewer", async () => {
    const { background, log } = open();
    const page = background.document(1);
    background.view(1);
    await settle();
    expect(page.isClosed()).toBe(false);
    expect(log).toContain("document of 1, frame null");
  });

  it("close their host and let the documents go, some time after the last viewer has left", async () => {
    const { background, log, clock } = open();
    const panel = background.view(1);
    const devtools = background.view(1);
    const page = background.document(1);
    await settle();

    panel.close();
    clock.pass(10 * ABSENCE_MS);
    await settle();
    expect(log).not.toContain("close 1");

    devtools.close();
    await settle();
    expect(log).not.toContain("close 1");
    clock.pass(ABSENCE_MS);
    await settle();
    expect(log.filter((line) => line === "close 1")).toHaveLength(1);
    expect(page.isClosed()).toBe(true);

    const late = background.document(1);
    await settle();
    expect(late.isClosed()).toBe(true);
  });

  it("keep the host of a viewer that connects again in time, also for the second time", async () => {
    const { background, log, clock } = open();
    const first = background.view(1);
    await settle();
    first.close();
    clock.pass(ABSENCE_MS - 1);
    const second = background.view(1);
    await settle();
    second.close();
    clock.pass(1);
    await settle();
    expect(log).not.toContain("close 1");

    background.view(1);
    clock.pass(ABSENCE_MS);
    await settle();
    expect(log.filter((line) => line === "open 1")).toHaveLength(1);
    expect(log).not.toContain("close 1");
  });

  it("do not open a new host before the old one has written everything", async () => {
    const { background, log, clock, slowClose } = open();
    const goOn = slowClose();
    const panel = background.view(1);
    await settle();
    panel.close();
    clock.pass(ABSENCE_MS);
    background.view(1);
    await settle();
    expect(log.filter((line) => line === "open 1")).toHaveLength(1);
    goOn();
    await settle();
    expect(log.filter((line) => line === "open 1")).toHaveLength(2);
    expect(log.at(-1)).toBe("viewer of 1");
  });

  it("open again after a host that failed to close", async () => {
    const { background, log, clock, slowClose } = open();
    const goOn = slowClose(new Error("the disk is full"));
    const panel = background.view(1);
    await settle();
    panel.close();
    clock.pass(ABSENCE_MS);
    goOn();
    background.view(1);
    await settle();
    expect(log.at(-1)).toBe("viewer of 1");
  });

  it("are told of new settings, those too whose host is not there yet", async () => {
    const { background, log, slow } = open();
    const goOn = slow();
    background.view(1);
    background.tabs.configure({ ...DEFAULT_SETTINGS, preserveLog: true });
    goOn();
    await settle();
    expect(log).toContain("1 preserves its log");
  });
});

describe("a background that was killed", () => {
  it("opens a watched tab for what a page hands over while it goes, before DevTools is back", async () => {
    const { background, kill, log } = open();
    background.view(1);
    await settle();
    const revived = kill();
    await revived.tabs.takeLast(1, LAST);
    expect(log.slice(-2)).toEqual(["open 1", "last of d1 to 1"]);
    await revived.tabs.takeLast(2, LAST);
    expect(log.at(-1)).toBe("last of d1 to 1");
  });

  it("finds by itself for which tab that is, where the browser does not say", async () => {
    const { background, kill, log } = open();
    background.view(1);
    background.view(3);
    await settle();
    await kill().tabs.takeLast(null, LAST);
    expect(log.filter((line) => line.startsWith("last")).sort()).toEqual([
      "last of d1 to 1",
      "last of d1 to 3",
    ]);
  });

  it("opens a watched tab for a document that comes first", async () => {
    const { background, kill, log } = open();
    background.view(1);
    await settle();
    const page = kill().document(1);
    page.post("hello");
    await settle();
    expect(page.isClosed()).toBe(false);
    expect(log.at(-1)).toBe('1 hears "hello"');
  });

  it("opens it once for a document and a viewer at the same time", async () => {
    const { background, kill, log } = open();
    background.view(1);
    await settle();
    const before = log.length;
    const revived = kill();
    revived.document(1);
    revived.view(1);
    await settle();
    expect(log.slice(before).filter((line) => line === "open 1")).toHaveLength(1);
    expect(log).toContain("document of 1, frame null");
  });

  it("closes a tab again where DevTools was closed meanwhile, and knows it no more", async () => {
    const { background, kill, log, clock } = open();
    background.view(1);
    await settle();
    const revived = kill();
    const page = revived.document(1);
    await settle();
    clock.pass(ABSENCE_MS);
    await settle();
    expect(log).toContain("close 1");
    expect(page.isClosed()).toBe(true);
    const late = kill().document(1);
    await settle();
    expect(late.isClosed()).toBe(true);
  });
});

describe("a tab that is gone", () => {
  it("takes its host's journal with it", async () => {
    const { background, log } = open();
    background.view(1);
    const page = background.document(1);
    await settle();
    await background.tabs.remove(1);
    expect(log.at(-1)).toBe("forget 1");
    expect(page.isClosed()).toBe(true);
    await background.tabs.takeLast(1, LAST);
    expect(log.at(-1)).toBe("forget 1");
  });

  it("takes the journal with it that DevTools had left", async () => {
    const { background, log, clock, slowClose } = open();
    const goOn = slowClose();
    const panel = background.view(1);
    await settle();
    panel.close();
    clock.pass(ABSENCE_MS);
    const removed = background.tabs.remove(1);
    await settle();
    expect(log).not.toContain("clear 1");
    goOn();
    await removed;
    expect(log.at(-1)).toBe("clear 1");
  });

  it("is not closed once more when its viewers have gone with it", async () => {
    const { background, log, clock } = open();
    const panel = background.view(1);
    await settle();
    await background.tabs.remove(1);
    panel.close();
    clock.pass(ABSENCE_MS);
    await settle();
    expect(log).not.toContain("close 1");
  });
});

describe("a tab that takes another's place", () => {
  it("is opened after the other's host has written everything, and the other is not watched any more", async () => {
    const { background, kill, log, slowClose } = open();
    const goOn = slowClose();
    background.view(1);
    await settle();
    background.tabs.replace(2, 1);
    background.view(2);
    await settle();
    expect(log).not.toContain("open 2");
    goOn();
    await settle();
    expect(log.slice(-3)).toEqual(["close 1", "open 2", "viewer of 2"]);
    const late = kill().document(1);
    await settle();
    expect(late.isClosed()).toBe(true);
  });

  it("takes that of a tab, too, that was watched before the background was killed", async () => {
    const { background, kill, log } = open();
    background.view(1);
    await settle();
    const revived = kill();
    revived.tabs.replace(2, 1);
    await revived.tabs.takeLast(1, LAST);
    expect(log.filter((line) => line === "open 1")).toHaveLength(1);
  });
});

/** Lets everything happen that waits for nothing but its turn. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn++) await Promise.resolve();
}

/** A background, its browser, and a log of what hosts are told, in one line each. */
function open() {
  const session = createFakeStorageArea();
  const clock = createClock();
  const log: string[] = [];
  let opening: Promise<void> = Promise.resolve();
  let closing: Promise<void> = Promise.resolve();

  function fakeHost(tab: number): Host {
    return {
      connectPage(port, frame) {
        log.push(`document of ${tab}, frame ${frame}`);
        port.onMessage((message) => log.push(`${tab} hears ${JSON.stringify(message)}`));
      },
      connectPanel: () => undefined,
      takeLast: async (document) => void log.push(`last of ${document} to ${tab}`),
      configure: ({ preserveLog }) =>
        void log.push(`${tab} ${preserveLog ? "preserves" : "forgets"} its log`),
      async close() {
        await closing;
        log.push(`close ${tab}`);
      },
      forget: async () => void log.push(`forget ${tab}`),
    };
  }

  function start() {
    const tabs = createTabs({
      async openHost(tab) {
        await opening;
        log.push(`open ${tab}`);
        return { host: fakeHost(tab), isPrivate: false };
      },
      look: (tab) => log.push(`look ${tab}`),
      watched: createWatchedTabs(session),
      clear: async (tab) => void log.push(`clear ${tab}`),
      schedule: clock.delay,
    });
    return {
      tabs,
      view(tab: number) {
        const [mine, panel] = createPortPair();
        tabs.connectViewer(tab, mine, () => log.push(`viewer of ${tab}`));
        return panel;
      },
      document(tab: number, frame: string | null = null) {
        const [mine, page] = createPortPair();
        let isClosed = false;
        page.onClose(() => {
          isClosed = true;
        });
        tabs.connectDocument(tab, mine, frame);
        return { ...page, isClosed: () => isClosed };
      },
    };
  }

  return {
    background: start(),
    clock,
    log,
    /** The background is killed; returns the one that the browser starts next. */
    kill: start,
    /** Hosts are not there before the returned function is called. */
    slow(): () => void {
      let goOn: () => void = () => undefined;
      opening = new Promise((resolve) => {
        goOn = resolve;
      });
      return () => goOn();
    },
    /** Hosts have not closed before the returned function is called. */
    slowClose(failure?: Error): () => void {
      let goOn: () => void = () => undefined;
      closing = new Promise((resolve, reject) => {
        goOn = () => (failure === undefined ? resolve() : reject(failure));
      });
      return () => goOn();
    },
  };
}
