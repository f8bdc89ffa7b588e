import fc from "fast-check";
import { expect, it } from "vitest";
import { createStoreActivity, type StoreActivity } from "../../src/engine/ask/store-activity";
import { type StoreChanges, type StoreStep, storeChanges } from "../../src/engine/ask/store-changes";
import type { LiveRoot } from "../../src/engine/engine";
import { readSession } from "../../src/session/reader";
import type { Json, JsonObject } from "../../src/wire/json";
import { formatPointer } from "../../src/wire/json-pointer";
import { canonical } from "../support/canonical";
import { frames } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import {
  everyStore,
  naiveAttached,
  naiveOwn,
  naiveText,
  type Watched,
  watchRoots,
} from "../support/naive-ask";
import { naivePatch } from "../support/naive-patch";
import { sessions } from "../support/random-session";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;
const NO_CAUSES = new Map();

function activityOf(root: LiveRoot): StoreActivity {
  const activity = createStoreActivity(root.history);
  activity.extend();
  return activity;
}

function changesOf(
  activity: StoreActivity,
  id: readonly string[],
  window?: { readonly from: number | "end"; readonly count: number },
): StoreChanges {
  const range = { from: 0, to: activity.history.count() };
  const changes = storeChanges(activity, id, range, NO_CAUSES, window);
  if (changes === "truncated") throw new Error("The whole history is kept.");
  return changes;
}

/** A store and what hangs on it, as the steps tell it. */
type Model = {
  own: Json | undefined;
  readonly field: JsonObject;
  stream: JsonObject;
  upload: JsonObject;
  assign: JsonObject;
};

function take(model: Model, step: StoreStep): void {
  if (step.what === "mounted" || step.what === "unmounted") {
    model.own = step.what === "mounted" ? step.value : undefined;
    return;
  }
  const { what, name, path, op, after } = step;
  const document = what === "field" ? model.own : model[what];
  const value = after === undefined ? {} : { value: after };
  const taken = naivePatch(document, [{ op, path: formatPointer([name]) + path, ...value }]);
  if (taken === undefined) throw new Error(`The step ${JSON.stringify(step)} does not fit.`);
  const result: JsonObject = JSON.parse(JSON.stringify(taken.result));
  if (what === "field") model.own = result;
  else model[what] = result;
}

function expectChanges({ root, contents }: Watched): void {
  const activity = activityOf(root);
  for (const id of everyStore(contents)) {
    const { changes, total } = changesOf(activity, id);
    expect(total).toBe(changes.length);
    const window = { from: Math.floor(total / 3), count: 2 };
    expect(changesOf(activity, id, window)).toEqual({
      ...{ total, from: window.from, changes: changes.slice(window.from, window.from + 2) },
    });
    const texts = contents.map((content) => naiveText(content, id));
    const changed = texts.flatMap((text, place) => (place > 0 && text !== texts[place - 1] ? [place] : []));
    expect(changes.map(({ seq }) => root.history.countAt(seq))).toEqual(changed);
    expect(activity.placesOf(JSON.stringify(id))).toEqual(changed);
    const model: Model = { own: undefined, field: {}, stream: {}, upload: {}, assign: {} };
    for (const [nth, place] of changed.entries()) {
      for (const step of changes[nth]?.steps ?? []) take(model, step);
      const content = contents[place];
      if (content === undefined) throw new Error("There is no such place.");
      expect(canonical(model.own)).toBe(canonical(naiveOwn(content.state, id)));
      const attached = [model.stream, model.upload, model.assign].map(canonical);
      expect(attached).toEqual(naiveAttached(content, id).map(canonical));
    }
  }
}

it(
  "a store's changes are those that comparing its own value says, and lead from each to the next (seed 31)",
  () => {
    fc.assert(
      fc.property(sessions, (events) => {
        for (const watched of watchRoots(events)) expectChanges(watched);
      }),
      { seed: 31, numRuns: lawRuns() },
    );
  },
  LONG,
);

it(
  "activity that is kept up event by event equals one that is made at the end (seed 32)",
  () => {
    fc.assert(
      fc.property(sessions, (events) => {
        const kept = new Map<LiveRoot, StoreActivity>();
        const watched = watchRoots(events, (root) => {
          const activity = kept.get(root) ?? createStoreActivity(root.history);
          kept.set(root, activity);
          activity.extend();
        });
        for (const { root, contents } of watched) {
          const [late, early] = [activityOf(root), kept.get(root)];
          expect(early?.tallies()).toEqual(late.tallies());
          for (const place of contents.keys()) {
            expect([...(early?.storesOf(place) ?? [])].sort()).toEqual([...late.storesOf(place)].sort());
            expect(early?.isStructural(place)).toBe(late.isStructural(place));
          }
        }
      }),
      { seed: 32, numRuns: lawRuns() },
    );
  },
  LONG,
);

it(
  "law 6: whatever comes, a store's changes are those (seed 40)",
  () => {
    fc.assert(
      fc.property(garbage, (some) => {
        for (const watched of watchRoots([...frames`> join < ok`, ...some])) expectChanges(watched);
      }),
      { seed: 40, numRuns: lawRuns() },
    );
  },
  LONG,
);

describeShared("store changes in recordings", () => {
  it.each(recordingNames())("%s", (name) => {
    const session = readSession(readRecording(name));
    if (!session.ok) throw new Error("The recording cannot be read.");
    for (const watched of watchRoots(session.value.events)) expectChanges(watched);
  });
});
