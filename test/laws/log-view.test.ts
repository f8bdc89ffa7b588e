import fc from "fast-check";
import { expect, it } from "vitest";
import type { LogQuery, LogView } from "../../src/bridge/stores-view";
import type { View } from "../../src/bridge/view";
import { createActivities, createActivityTable } from "../../src/engine/ask/activities";
import { createAsker } from "../../src/engine/ask/asker";
import { createEngine } from "../../src/engine/engine";
import type { Answerer } from "../../src/host/answerer";
import { answerLog } from "../../src/host/log-view";
import type { Scene } from "../../src/host/scene";
import { lawRuns } from "../support/law-runs";
import { createLifeScene } from "../support/life-scene";
import { sessions } from "../support/random-session";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;
const ROOT = { connection: 1, topic: "musubi:connection", root_id: "r" };
const LOGS = ["commands", "events", "changes"] as const;
const STORES = [[], ["a"], ["rows", "a"]] as const;

const WINDOWS = [
  { from: "end", count: 2, whole: false },
  { from: 1, count: 3, whole: false },
] as const;

const QUERIES: readonly LogQuery[] = LOGS.flatMap((what) =>
  STORES.flatMap((store_id) =>
    WINDOWS.map((window): LogQuery => ({ kind: "log", root: ROOT, what, store_id, ...window })),
  ),
);

/** A session without an event, whose history takes no more than so many characters. */
function emptySession(historyChars: number) {
  const engine = createEngine(historyChars);
  const knownActivities = createActivityTable();
  const activities = createActivities(knownActivities);
  const asker = createAsker(engine, () => null, activities);
  const scene = createLifeScene([]).scene();
  const journal = { ...scene.recording.journal, engine, asker, activities, knownActivities };
  const recording = { ...scene.recording, journal };
  return { engine, scene: (at: number | null): Scene => ({ ...scene, at, recording }) };
}

it(
  "a log that is kept up is what it is to who asks for it only now (seed 71)",
  () => {
    const moments = fc.array(fc.option(fc.nat(), { nil: null, freq: 3 }), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(sessions, fc.integer({ min: 500, max: 20_000 }), moments, (events, historyChars, lots) => {
        const { engine, scene } = emptySession(historyChars);
        const kept = QUERIES.map((query) => ({ query, answer: answerLog(query), view: noView() }));
        for (const [nth, event] of events.entries()) {
          engine.fold(event);
          const lot = lots[nth % lots.length] ?? null;
          const now = scene(lot === null ? null : lot % (engine.seq + 1));
          for (const one of kept) {
            one.view = one.answer(now) ?? one.view;
            // What is missed stays wrong: it need not be looked for after each event.
            if (nth % 4 > 0) continue;
            const fresh = answerLog(one.query)(now);
            // Comparing them field by field costs far more than all else: only where they differ has that to be told.
            if (JSON.stringify(one.view) !== JSON.stringify(fresh)) expect(one.view).toEqual(fresh);
          }
        }
      }),
      { seed: 71, numRuns: lawRuns() },
    );
  },
  LONG,
);

it(
  "a change keeps its number when those before it are let go (seed 72)",
  () => {
    fc.assert(
      fc.property(sessions, fc.integer({ min: 500, max: 5_000 }), (events, historyChars) => {
        const { engine, scene } = emptySession(historyChars);
        const query: LogQuery = {
          ...{ kind: "log", what: "changes", root: ROOT, store_id: [] },
          ...{ from: "end", count: 100, whole: false },
        };
        const answer = answerLog(query);
        const numbers = new Map<number, number>();
        for (const event of events) {
          engine.fold(event);
          const { from, total, forgotten, lines } = changesIn(answer, scene(null)) ?? NONE;
          if (lines.length > 0) expect([from, total]).toEqual([forgotten, forgotten + lines.length]);
          for (const [nth, { seq }] of lines.entries()) {
            expect(numbers.get(seq) ?? from + nth).toBe(from + nth);
            numbers.set(seq, from + nth);
          }
        }
      }),
      { seed: 72, numRuns: lawRuns() },
    );
  },
  LONG,
);

type Changes = LogView & { readonly what: "changes" };

const NONE: Changes = {
  ...{ kind: "log", what: "changes", from: 0, total: 0, forgotten: 0, fault: null, lines: [] },
};

function changesIn(answer: Answerer, scene: Scene): Changes | null {
  const view = answer(scene);
  return view?.kind === "log" && view.what === "changes" ? view : null;
}

function noView(): View | null {
  return null;
}
