import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { readLine } from "../../src/host/journal-line";
import type { SessionEvent } from "../../src/session/event";
import { inspected } from "../support/folding";
import { type FakePage, type InspectedTab, openInspectedTab } from "../support/inspected-tab";
import { lawRuns } from "../support/law-runs";
import type { MemoryDisk } from "../support/memory-journal-store";
import { pageOfSession } from "../support/page-of-session";
import { sessions } from "../support/random-session";

/** What happens between two events that a page records. */
type Turn =
  | { readonly kind: "record"; readonly events: number }
  | { readonly kind: "pass"; readonly ms: number }
  | { readonly kind: "kill" | "release" | "reconnect" }
  | { readonly kind: "slow"; readonly isSlow: boolean }
  | { readonly kind: "fault"; readonly fault: string | null };

const turn: fc.Arbitrary<Turn> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant("record" as const), events: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ kind: fc.constant("pass" as const), ms: fc.constantFrom(1, 200, 1_000) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constantFrom("kill" as const, "release" as const, "reconnect" as const),
    }),
  },
  fc.record({ kind: fc.constant("slow" as const), isSlow: fc.boolean() }),
  fc.record({ kind: fc.constant("fault" as const), fault: fc.constantFrom(null, null, "The disk is full.") }),
);

const turns = fc.array(turn, { minLength: 1, maxLength: 30 });

describe("a background that is killed at any moment, also while it writes", () => {
  it("loses nothing, doubles nothing, and shows the same as one that was never killed", async () => {
    await fc.assert(
      fc.asyncProperty(sessions, turns, async (session, schedule) => {
        const tab = openInspectedTab({});
        const page = await play(tab, session, schedule);
        const whole = openInspectedTab({ isPrivate: true });
        whole.page("d1").record(...pageOfSession(session));

        expect(page.brokenPromises()).toBe(0);
        expect(storedEvents(tab.disk)).toEqual(session);
        expect(viewsOf(tab)).toEqual(viewsOf(whole));
      }),
      { numRuns: lawRuns(150) },
    );
  });

  it("keeps apart what a page and its iframe deliver, each in its order", async () => {
    await fc.assert(
      fc.asyncProperty(sessions, sessions, turns, async (one, other, schedule) => {
        const tab = openInspectedTab({});
        const iframe = tab.page("f1", FRAME);
        const events = pageOfSession(other);
        iframe.record(...events.slice(0, 5));
        await play(tab, one, schedule, () => iframe.record(...events.slice(5)));

        const stored = storedEvents(tab.disk, "f1");
        const isFramed = (event: SessionEvent): boolean => event.type === "socket" && event.frame === FRAME;
        const framed = new Set(stored.filter(isFramed).map(socketOf));
        const texts = (events: readonly SessionEvent[]) =>
          events.map((event) => [event.type, "text" in event && event.text]);
        expect(texts(stored.filter((event) => !framed.has(socketOf(event))))).toEqual(texts(one));
        expect(texts(stored.filter((event) => framed.has(socketOf(event))))).toEqual(texts(other));
      }),
      { numRuns: lawRuns(100) },
    );
  });

  it("shows the same state when what is oldest had to be let go", async () => {
    let evicted = 0;
    await fc.assert(
      fc.asyncProperty(
        sessions,
        turns,
        fc.constantFrom(4_000, 1_000_000),
        async (session, schedule, memory) => {
          const tab = openInspectedTab({ settings: { maxJournalBytes: 1024 }, maxMemoryChars: memory });
          await play(tab, session, schedule);
          tab.kill();
          await tab.wake();
          const [chunk] = tab.disk.chunks("d1");
          if ((chunk?.index ?? 0) > 0) evicted++;

          const whole = inspected(session);
          expect(inspected(storedEvents(tab.disk)).connections).toEqual(whole.connections);
          expect(viewsOf(tab)[0]).toMatchObject({
            session: { events: session.length },
            connections: whole.connections.map(({ id, endpoint, status }) => ({ id, endpoint, status })),
          });
        },
      ),
      { numRuns: lawRuns(150) },
    );
    // About one session in ten is long enough: none at all would mean that nothing was tried.
    expect(evicted).toBeGreaterThan(0);
  });
});

/** Lets the page record the session while the turns happen; at the end everything works and all is written. */
async function play(
  tab: InspectedTab,
  session: readonly SessionEvent[],
  schedule: readonly Turn[],
  last: () => void = () => undefined,
): Promise<FakePage> {
  const events = pageOfSession(session);
  const page = tab.page("d1");
  let recorded = 0;
  for (const one of schedule) {
    switch (one.kind) {
      case "record":
        page.record(...events.slice(recorded, recorded + one.events));
        recorded += one.events;
        break;
      case "pass":
        await tab.pass(one.ms);
        break;
      case "kill":
        tab.kill();
        await tab.wake();
        break;
      case "reconnect":
        page.connect();
        break;
      case "release":
        tab.disk.release();
        break;
      case "slow":
        tab.disk.isSlow = one.isSlow;
        break;
      case "fault":
        tab.disk.writeFault = one.fault;
        break;
    }
  }
  page.record(...events.slice(recorded));
  last();
  tab.disk.isSlow = false;
  tab.disk.writeFault = null;
  tab.disk.release();
  // Loading that waited, a pause after failures, and the writes after that.
  for (let n = 0; n < 3; n++) await tab.pass(60_000);
  return page;
}

/** Every event in the store, and before them those that stand for what was let go. */
function storedEvents(disk: MemoryDisk, session = "d1"): readonly SessionEvent[] {
  const chunks = disk.chunks(session);
  const texts = chunks.map(({ text }) => text);
  return [chunks[0]?.head ?? "", ...texts]
    .join("")
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const event = readLine(line);
      if (event === null) throw new Error(`The store holds a line that is no event: ${line}`);
      return event;
    });
}

const FRAME = "http://localhost/frame";

function socketOf(event: SessionEvent): number | undefined {
  return "socket" in event ? event.socket : undefined;
}

const ROOT = { connection: 1, topic: "musubi:connection", root_id: "r" };

const QUERIES: readonly Query[] = [
  { kind: "overview" },
  { kind: "rows", from: 0, count: 1_000, filter: { text: "", heartbeats: true } },
  { kind: "problems", from: 0, count: 1_000 },
  {
    ...{ kind: "stores", from: 0, count: 1_000, folds: [] },
    ...{ chosen: null, reveal: null, find: null },
  },
  { kind: "store", root: ROOT, store_id: [] },
  { kind: "ask", question: { kind: "timeline" } },
];

/** All that a panel can see, but for what is told of the disk on the way. */
function viewsOf(tab: InspectedTab): readonly (View | undefined)[] {
  const panel = tab.panel();
  for (const [id, query] of QUERIES.entries()) panel.watch(id, query);
  return QUERIES.map((_, id) => {
    const view = panel.last(id);
    return view?.kind === "overview" ? { ...view, capture: { ...view.capture, storage: null } } : view;
  });
}
