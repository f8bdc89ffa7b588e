import fc from "fast-check";
import { expect, it } from "vitest";
import type { Json, JsonObject } from "../../../../src/wire/json";
import { lawRuns } from "../../../support/law-runs";
import { type RunningPage, startPage } from "./page-harness";
import { Model } from "./page-law-model";
import { rootStore, STORE, STREAM_NAMES, type Step, type StreamCall, tasks } from "./page-law-stores";

const SEED = 20_263;

const index = fc.nat(20);
const itemId = fc.nat(5);
const streamCall: fc.Arbitrary<StreamCall> = fc.oneof(
  fc.record({
    kind: fc.constant("insert" as const),
    id: itemId,
    at: fc.constantFrom(-1, 0, 1, 2, 9),
    limit: fc.constantFrom(null, null, null, 3, -2, 0),
  }),
  fc.record({ kind: fc.constant("delete" as const), id: itemId }),
  fc.record({ kind: fc.constant("reset" as const), ids: fc.array(itemId, { maxLength: 3 }) }),
);

const step: fc.Arbitrary<Step> = fc.oneof(
  planFields().map((plan) => ({ kind: "show" as const, plan: withUniqueStores(plan) })),
  index.map((which) => ({ kind: "bump" as const, which })),
  fc.record({
    kind: fc.constant("stream" as const),
    which: index,
    calls: fc.array(fc.tuple(fc.constantFrom(...STREAM_NAMES), streamCall), { minLength: 1, maxLength: 6 }),
  }),
  index.map((which) => ({ kind: "load" as const, which })),
  fc.record({ kind: fc.constant("settle" as const), which: index, fails: fc.boolean() }),
);

function planFields(): fc.Arbitrary<JsonObject> {
  const key = fc.constantFrom("a", "b", "c/~", "0");
  return fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.constantFrom<Json>(null, 1, "x"),
      tie("object"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.tuple(fc.nat(5), tie("object")).map(([n, object]) => ({ [STORE]: `s${n}`, ...object })),
    ),
    object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  })).object;
}

/** Of two stores with one id the second becomes null: a page would crash on it. */
function withUniqueStores(plan: JsonObject): JsonObject {
  const seen = new Set<unknown>();
  return JSON.parse(JSON.stringify(plan), (_key, value: unknown) => {
    const id = typeof value === "object" && value !== null ? Reflect.get(value, STORE) : undefined;
    if (id !== undefined && seen.has(id)) return null;
    if (id !== undefined) seen.add(id);
    return value;
  });
}

it(`a client that folds the envelopes holds what was rendered, after every step (seed ${SEED})`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 14 }), async (program) => {
      tasks.length = 0;
      const page = await startPage(rootStore);
      const model = new Model();
      for (const next of program) {
        await runStep(next, page, model);
        expect(page.client.state).toEqual(model.tree());
        for (const [store, { streams: held }] of model.known) {
          for (const [name, items] of held) {
            expect(page.client.items(JSON.parse(store), name)).toEqual(items.map(({ item }) => item));
          }
        }
      }
      expect(page.crashes).toEqual([]);
      page.page.stop();
    }),
    { seed: SEED, numRuns: lawRuns() },
  );
}, 120_000);

async function runStep(next: Step, { run, idle }: RunningPage, model: Model): Promise<void> {
  const stores = [...model.known.keys()];
  const target = "which" in next ? (stores[next.which % Math.max(stores.length, 1)] ?? "[]") : "[]";
  const storeIdOf = (store: string): readonly string[] => JSON.parse(store);
  switch (next.kind) {
    case "show":
      model.plan = next.plan;
      await run("show", { plan: next.plan });
      break;
    case "bump":
      model.at(target).bumps += 1;
      await run("bump", {}, storeIdOf(target));
      break;
    case "stream":
      model.stream(target, next.calls);
      await run("stream", { calls: JSON.parse(JSON.stringify(next.calls)) }, storeIdOf(target));
      break;
    case "load": {
      const known = model.at(target);
      known.user = { status: "loading", result: known.user?.result ?? null, reason: null };
      known.task = tasks.length;
      await run("load", {}, storeIdOf(target));
      await idle();
      break;
    }
    case "settle": {
      const which = next.which % Math.max(tasks.length, 1);
      settle(model, which, next.fails);
      tasks[which]?.end(next.fails, which);
      await idle();
      break;
    }
  }
}

/** Only the end of the task that its store waits for matters. */
function settle(model: Model, which: number, fails: boolean): void {
  const task = tasks[which];
  const known = task && model.known.get(task.store);
  if (!known || known.task !== which || known.user === null) return;
  known.task = null;
  known.user = fails
    ? { status: "failed", result: known.user.result, reason: { kind: "exit", value: which } }
    : { status: "ok", result: which, reason: null };
}
