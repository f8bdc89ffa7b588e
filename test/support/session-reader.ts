import { expect } from "vitest";
import type { HostMessage } from "../../src/bridge/host-message";
import type { Settings } from "../../src/bridge/settings";
import type { EventView, OverviewView, Query, Row, View } from "../../src/bridge/view";
import { MAX_WINDOW_ROWS } from "../../src/bridge/window";
import { PATIENCE_MS, type Surface } from "../../src/cli/browser/driver";

/** A session as its host holds it. */
export type SessionRead = {
  readonly overview: OverviewView;
  /** All of its events, in order. */
  readonly rows: readonly Row[];
};

/** Has the host keep settings, as the panel's menu does for those that it offers. */
export function configure(panel: Pick<Surface, "evaluate">, settings: Settings): Promise<void> {
  return panel.evaluate(configureHost, settings);
}

/** What a frame consists of: its text, or its bytes in base64. */
export async function readFrame(panel: Pick<Surface, "evaluate">, seq: number): Promise<string> {
  const [event] = (await panel.evaluate(readFromHost, "live", 0, seq)).events;
  return event?.raw ?? "";
}

/**
 * Reads a whole session from the host, by a second port of a panel's document, which changes nothing of what that
 * panel shows. It is read again where the background goes meanwhile.
 * @param which the one that goes on, or the one before it; where there is none, it is without rows
 */
export async function readSession(
  panel: Pick<Surface, "evaluate">,
  which: "live" | "past" = "live",
): Promise<SessionRead> {
  return panel.evaluate(readFromHost, which, MAX_WINDOW_ROWS, 0);
}

/** What the host says of the tab. */
export async function readOverview(panel: Pick<Surface, "evaluate">): Promise<OverviewView> {
  return (await panel.evaluate(readFromHost, "live", 0, 0)).overview;
}

/**
 * The numbered frames of a load server's documents (`Load.seen`) in a session, `in 1`, `out 1`: those of one socket as
 * they came, the sockets by their lowest number. The end of one document may come after the beginning of the next.
 */
export function numberedFrames({ rows }: SessionRead): readonly string[] {
  const sockets = new Map<number | null, { readonly frames: string[]; lowest: number }>();
  for (const { type, event, summary, socket } of rows) {
    const number = Number(/^\{"n": (\d+)/.exec(summary)?.[1]);
    if ((event !== "tick" && event !== "say") || Number.isNaN(number)) continue;
    const known = sockets.get(socket) ?? { frames: [], lowest: number };
    sockets.set(socket, known);
    known.frames.push(`${type} ${number}`);
    known.lowest = Math.min(known.lowest, number);
  }
  return [...sockets.values()]
    .sort((one, other) => one.lowest - other.lowest)
    .flatMap(({ frames }) => frames);
}

/** Waits until a session has as many numbered frames as were seen, and says where they are not the same. */
export async function untilCaptured(
  panel: Pick<Surface, "evaluate">,
  seen: readonly string[],
  which: "live" | "past" = "live",
): Promise<SessionRead> {
  let read = await readSession(panel, which);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; read = await readSession(panel, which)) {
    if (numberedFrames(read).length >= seen.length) break;
    await pause(POLL_MS);
  }
  expect(differenceOf(numberedFrames(read), seen)).toBeNull();
  return read;
}

const POLL_MS = 200;

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Says where two lists part; null where they are the same. Thousands of lines tell nobody anything. */
export function differenceOf(found: readonly string[], expected: readonly string[]): string | null {
  const length = Math.max(found.length, expected.length);
  for (let at = 0; at < length; at++) {
    if (found[at] === expected[at]) continue;
    const around = (list: readonly string[]): string => list.slice(Math.max(0, at - 2), at + 4).join(", ");
    return `${found.length} found, ${expected.length} expected; from number ${at + 1} on, found ... ${around(found)} ..., expected ... ${around(expected)} ...`;
  }
  return null;
}

// The functions below run in the panel's document.

/** The little that is used of what both browsers give a panel. */
declare const chrome: {
  readonly devtools: { readonly inspectedWindow: { readonly tabId: number } };
  readonly runtime: {
    readonly connect: (options: { readonly name: string }) => {
      readonly postMessage: (message: unknown) => void;
      readonly disconnect: () => void;
      readonly onMessage: { readonly addListener: (listener: (message: HostMessage) => void) => void };
      readonly onDisconnect: { readonly addListener: (listener: () => void) => void };
    };
  };
};

async function configureHost(settings: Settings): Promise<void> {
  const port = chrome.runtime.connect({ name: "panel" });
  port.postMessage({ kind: "attach", tab: chrome.devtools.inspectedWindow.tabId });
  await new Promise<void>((resolve) => {
    port.onMessage.addListener((message) => {
      if (message.kind === "attached") port.postMessage({ kind: "configure", settings });
      if (message.kind !== "environment") return;
      if (JSON.stringify(message.environment.settings) === JSON.stringify(settings)) resolve();
    });
  });
  port.disconnect();
}

/** @param window how many rows to ask for at a time; 0: none @param seq an event to be read in full; 0: none */
async function readFromHost(
  which: "live" | "past",
  window: number,
  seq: number,
): Promise<SessionRead & { readonly events: readonly EventView[] }> {
  const port = chrome.runtime.connect({ name: "panel" });
  // Rejected with nothing in particular: the background is gone, and all has to be asked again.
  const gone = new Promise<never>((_, reject) => port.onDisconnect.addListener(() => reject(null)));
  let [ids, heard] = [0, (_: HostMessage): void => {}];
  port.onMessage.addListener((message) => heard(message));
  const hear = <Heard>(read: (message: HostMessage) => Heard | null): Promise<Heard> =>
    Promise.race([
      gone,
      new Promise<Heard>((resolve) => {
        heard = (message) => {
          const found = read(message);
          if (found !== null) resolve(found);
        };
      }),
    ]);
  const ask = async (query: Query): Promise<View> => {
    const id = ++ids;
    port.postMessage({ kind: "watch", id, query });
    const view = await hear((message) =>
      message.kind === "view" && message.id === id ? message.view : null,
    );
    port.postMessage({ kind: "unwatch", id });
    return view;
  };
  const askOverview = async (): Promise<OverviewView> => {
    const view = await ask({ kind: "overview" });
    return view.kind === "overview"
      ? view
      : Promise.reject(new Error(`asked for an overview, got ${view.kind}`));
  };
  const readAll = async () => {
    port.postMessage({ kind: "attach", tab: chrome.devtools.inspectedWindow.tabId });
    await hear((message) => (message.kind === "attached" ? true : null));
    const live = await askOverview();
    const rows: Row[] = [];
    if (which === "past") {
      // The new page may not have said hello yet.
      if (live.past === null) return { overview: live, rows, events: [] };
      port.postMessage({ kind: "show", session: live.past.id });
    }
    const overview = await askOverview();
    const filter = { text: "", heartbeats: true };
    while (window > 0) {
      const view = await ask({ kind: "rows", from: rows.length, count: window, filter });
      if (view.kind !== "rows" || view.rows.length === 0) break;
      rows.push(...view.rows);
    }
    const event = seq === 0 ? null : await ask({ kind: "event", seq });
    return { overview, rows, events: event?.kind === "event" ? [event] : [] };
  };
  try {
    return await readAll();
  } catch (error) {
    if (error !== null) throw error;
    return await readFromHost(which, window, seq);
  } finally {
    port.disconnect();
  }
}
