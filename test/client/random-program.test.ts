import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { child } from "../../src/server/musubi/child";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { defineStore } from "../../src/server/musubi/define-store";
import { assign, type MusubiSocket, update } from "../../src/server/musubi/socket";
import { noreply, type Rendered, type RenderedObject } from "../../src/server/musubi/store";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../src/wire/json";
import { startServer, type TestServer } from "../server/serving";
import { connect, mountRoot, snapshotWhen, type TestClient } from "./connect";

const SEED = 4_711;
const RUNS = 150;

/** A plan is JSON; an object with this key in it stands for a child store with that id. */
const STORE = "$store";

const planStore = defineStore({
  module: "Test.Plan",
  init: (socket: MusubiSocket<{ readonly plan: JsonObject }>) => assign(socket, { bumps: 0 }),
  render: ({ assigns: { plan, bumps } }) => ({ bumps, ...renderFields(plan) }),
  commands: { bump: (_payload, socket) => noreply(update(socket, "bumps", (bumps) => bumps + 1)) },
});

const rootStore = defineStore({
  module: "Test.PlanRoot",
  root: true,
  mount: (_params, socket) => assign(socket, { plan: NO_PLAN }),
  render: ({ assigns: { plan } }) => renderFields(plan),
  commands: {
    show: (payload, socket) =>
      noreply(assign(socket, { plan: isJsonObject(payload.plan) ? payload.plan : NO_PLAN })),
  },
});

const NO_PLAN: JsonObject = {};

function renderFields(plan: JsonObject): RenderedObject {
  return Object.fromEntries(
    Object.entries(plan).flatMap(([key, value]) => (key === STORE ? [] : [[key, renderPlan(value)]])),
  );
}

function renderPlan(plan: Json): Rendered {
  if (isJsonArray(plan)) return plan.map(renderPlan);
  if (!isJsonObject(plan)) return plan;
  const id = plan[STORE];
  return typeof id === "string" ? child(planStore, { id, plan }) : renderFields(plan);
}

/** The oracle: the wire tree by the rule of wire.md 6, with what each store was bumped. */
function expectedTree(plan: JsonObject, bumps: Map<string, number>): Json {
  const live = new Set<string>();
  const tree = { ...fields(plan, [], []), __musubi_store_id__: [] };
  for (const key of bumps.keys()) if (!live.has(key)) bumps.delete(key);
  return tree;

  function fields(object: JsonObject, owner: readonly string[], path: readonly string[]): JsonObject {
    const shown = Object.entries(object).filter(([key]) => key !== STORE);
    return Object.fromEntries(shown.map(([key, value]) => [key, place(value, owner, path, key)]));
  }

  /** `path`: the object keys above the container; `key`: the one under which the value is, null in an array. */
  function place(value: Json, owner: readonly string[], path: readonly string[], key: string | null): Json {
    const below = key === null ? path : [...path, key];
    if (isJsonArray(value)) return value.map((item) => place(item, owner, below, null));
    if (!isJsonObject(value)) return value;
    if (typeof value[STORE] !== "string") return fields(value, owner, below);
    const storeId = [...owner, ...path, value[STORE]];
    const index = JSON.stringify(storeId);
    live.add(index);
    return { bumps: bumps.get(index) ?? 0, ...fields(value, storeId, []), __musubi_store_id__: storeId };
  }
}

type Step =
  | { readonly kind: "show"; readonly plan: JsonObject }
  | { readonly kind: "bump"; readonly which: number };

const step: fc.Arbitrary<Step> = fc.oneof(
  fields().map((plan) => ({ kind: "show" as const, plan: withUniqueStores(plan) })),
  fc.nat(20).map((which) => ({ kind: "bump" as const, which })),
);

function fields(): fc.Arbitrary<JsonObject> {
  const key = fc.constantFrom("a", "b", "c/~", "0");
  return fc.letrec<{ value: Json; object: JsonObject }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      fc.constantFrom<Json>(null, 1, "x"),
      tie("object"),
      fc.array(tie("value"), { maxLength: 4 }),
      fc.tuple(fc.nat(7), tie("object")).map(([n, object]) => ({ [STORE]: `s${n}`, ...object })),
    ),
    object: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  })).object;
}

/** Of two stores with one id the second becomes null: a server would crash on it. */
function withUniqueStores(plan: JsonObject): JsonObject {
  const seen = new Set<unknown>();
  return JSON.parse(JSON.stringify(plan), (_key, value: unknown) => {
    const id = typeof value === "object" && value !== null ? Reflect.get(value, STORE) : undefined;
    if (id !== undefined && seen.has(id)) return null;
    if (id !== undefined) seen.add(id);
    return value;
  });
}

let server: TestServer;
let connected: TestClient;

beforeAll(async () => {
  server = await startServer(defineSocket({ roots: [rootStore] }));
  connected = connect(server.url);
});

afterAll(async () => {
  connected.socket.disconnect();
  await server.close();
});

it(`the client holds what render gave, after every envelope (seed ${SEED})`, async () => {
  let run = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (program) => {
      run += 1;
      const root = await mountRoot(connected.client, "Test.PlanRoot", {}, `run ${run}`);
      await runProgram(root, program);
      await root.unmount();
    }),
    { seed: SEED, numRuns: RUNS },
  );
  expect(connected.problems).toEqual([]);
  expect(server.log).toEqual([]);
}, 60_000);

async function runProgram(root: Root, program: readonly Step[]): Promise<void> {
  const bumps = new Map<string, number>();
  let plan = NO_PLAN;
  let tree = expectedTree(plan, bumps);
  for (const next of program) {
    const held = root.snapshot().version;
    const target = next.kind === "bump" ? pickStore(tree, next.which) : null;
    if (next.kind === "show") {
      plan = next.plan;
      await root.command([], "show", { plan });
    } else if (target !== null) {
      const index = JSON.stringify(target);
      bumps.set(index, (bumps.get(index) ?? 0) + 1);
      await root.command(target, "bump");
    }
    const expected = expectedTree(plan, bumps);
    if (!isDeepStrictEqual(expected, tree)) await snapshotWhen(root, ({ version }) => version > held);
    tree = expected;
    expect(root.snapshot()).toEqual({ status: "mounted", version: root.snapshot().version, state: tree });
  }
}

/** One of the child stores in the tree, or null where there is none. */
function pickStore(tree: Json, which: number): readonly string[] | null {
  const ids: string[][] = [];
  JSON.parse(JSON.stringify(tree), (key, value) => {
    if (key === "__musubi_store_id__" && value.length > 0) ids.push(value);
    return value;
  });
  return ids[which % Math.max(ids.length, 1)] ?? null;
}
