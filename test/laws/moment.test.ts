import fc from "fast-check";
import { expect, it } from "vitest";
import type { Query, RootKey, View } from "../../src/bridge/view";
import { createPanelMoment } from "../../src/host/moment";
import { createRecording, type Recording } from "../../src/host/recording";
import { presentFaces, type Scene } from "../../src/host/scene";
import { createWatches } from "../../src/host/watches";
import type { SessionEvent } from "../../src/session/event";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { lives } from "../support/random-life";
import { sessions } from "../support/random-session";

const places = fc.array(fc.nat(), { minLength: 1, maxLength: 3 });

it("a panel at event n sees what a host sees that was given the first n events (seed 31)", () => {
  fc.assert(fc.property(sessions, places, checkViews), { seed: 31, numRuns: lawRuns() });
});

it("so it does where roots, channels and connections come and go (seed 32)", () => {
  fc.assert(fc.property(lives, places, checkViews), { seed: 32, numRuns: lawRuns() });
});

it("so it does whatever came (seed 33)", () => {
  fc.assert(
    fc.property(garbage, places, (some, lots) => checkViews([...frames`> join < ok`, ...some], lots)),
    { seed: 33, numRuns: lawRuns() },
  );
});

/** Goes to each of these events in turn, half of the session being there, and lets the other half come meanwhile. */
function checkViews(events: readonly SessionEvent[], lots: readonly number[]): void {
  const half = Math.ceil(events.length / 2);
  const early = lots.map((lot) => lot % (half + 1));
  const late = lots.map((lot) => lot % (events.length + 1));
  const queries = queriesFor(events);
  const expected = viewsAt(events, queries, new Set([...early, ...late, events.length]));
  const recording = recorded(events.slice(0, half));
  const panel = look(queries, sceneOf(recording));
  const moment = createPanelMoment();

  function check(seq: number): void {
    expect(moment.seek(recording, { kind: "seq", seq })).toBeNull();
    expectSame(panel.update(moment.sceneOf(sceneOf(recording))), expected.get(seq));
  }

  for (const seq of early) check(seq);
  const before = panel.views();
  for (const event of events.slice(half)) recording.append(event);
  expectSame(panel.update(moment.sceneOf(sceneOf(recording))), before);
  for (const seq of late) check(seq);
  expect(moment.seek(recording, null)).toBeNull();
  expectSame(panel.update(moment.sceneOf(sceneOf(recording))), expected.get(events.length));
}

/** What a panel that has just come sees when so many events are there, and no more. */
function viewsAt(
  events: readonly SessionEvent[],
  queries: readonly Query[],
  seqs: ReadonlySet<number>,
): ReadonlyMap<number, Views> {
  const views = new Map<number, Views>();
  const recording = recorded([]);
  for (let seq = 0; seq <= events.length; seq++) {
    const event = events[seq - 1];
    if (event !== undefined) recording.append(event);
    if (seqs.has(seq)) views.set(seq, look(queries, sceneOf(recording)).views());
  }
  return views;
}

type Views = ReadonlyMap<number, unknown>;

/** Comparing them field by field costs far more than all else: only where they differ has that to be told. */
function expectSame(one: Views, other: Views = new Map()): void {
  if (JSON.stringify([...one]) !== JSON.stringify([...other])) expect(one).toEqual(other);
}

function recorded(events: readonly SessionEvent[]): Recording {
  const recording = createRecording({ isStored: false, maxBytes: () => 0, maxMemoryChars: 1e9 }, null);
  for (const event of events) recording.append(event);
  return recording;
}

function sceneOf(recording: Recording): Scene {
  const capture = { page: true, tap: "active", why: null, otherSockets: false, storage: null } as const;
  return {
    ...{ recording, isLive: true, title: null, past: null, capture, at: null },
    faces: () => presentFaces(recording.journal.engine),
    contentOf: (root) => root.content(),
    recall: () => null,
    now: () => 0,
    until: Number.POSITIVE_INFINITY,
    again: () => undefined,
  };
}

const STORES: readonly (readonly string[])[] = [[], ["a"], ["rows", "a"], ["gone"]];

const STORE_LINES: Query = {
  ...{ kind: "stores", folds: [], chosen: null, reveal: null, find: null },
  ...{ from: 0, count: 1_000 },
};

/** The overview, the lines of the tree, and some stores of each root that there is at some time. */
function queriesFor(events: readonly SessionEvent[]): readonly Query[] {
  const keys = new Map<string, RootKey>();
  const recording = recorded([]);
  for (const event of events) {
    recording.append(event);
    for (const { roots } of recording.journal.engine.connections) {
      for (const { key } of roots) keys.set(JSON.stringify(key), key);
    }
  }
  const ofRoots = [...keys.values()]
    .slice(0, 6)
    .flatMap((root): readonly Query[] => [
      ...STORES.map((store_id) => ({ kind: "store", root, store_id }) as const),
    ]);
  return [{ kind: "overview" }, STORE_LINES, ...ofRoots];
}

/** A panel that watches all of these, from this scene on. */
function look(queries: readonly Query[], first: Scene) {
  const views = new Map<number, unknown>();
  const watches = createWatches((id, view) => views.set(id, shown(view)));
  for (const [id, query] of queries.entries()) watches.watch(id, query, first);
  return {
    views: (): Views => new Map(views),
    update(scene: Scene): Views {
      watches.update(scene);
      return new Map(views);
    },
  };
}

/** What follows the whole session is left out. */
function shown(view: View): unknown {
  return view.kind === "overview" ? view.connections : view;
}
