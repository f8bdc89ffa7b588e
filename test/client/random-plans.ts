import fc from "fast-check";

/** What a store is to render: values, and places for stores, streams and async values anywhere among them. */
export type Plan =
  | { readonly kind: "value"; readonly value: null | number | string }
  | { readonly kind: "list"; readonly items: readonly Plan[] }
  | { readonly kind: "fields"; readonly fields: Fields }
  | StorePlan
  | { readonly kind: "stream"; readonly stream: StreamName }
  | { readonly kind: "async"; readonly key: AsyncKey };

/** A child, what it renders at first, and what it does when it is started. */
export type StorePlan = {
  readonly kind: "store";
  readonly id: string;
  readonly module: ChildModule;
  readonly fields: Fields;
  readonly init: readonly Action[];
};

export type Fields = { readonly [key: string]: Plan };

/** A child of one module takes the place of one of the other, under the same id. */
export type ChildModule = "Test.Plan" | "Test.Other";
export type StreamName = "rows" | "log";
/** `log` belongs to `streamAsync`, the others to `assignAsync`. */
export type AsyncKey = "user" | "cart" | "log";

export type Item = { readonly id: number; readonly text: string };
export type Placing = { readonly at?: number; readonly limit?: number };

/** What any callback of a store may be told to do. */
export type Action =
  | { readonly do: "bump" | "crash" }
  | { readonly do: "note"; readonly value: string }
  | { readonly do: "show"; readonly fields: Fields }
  | { readonly do: "insert"; readonly stream: StreamName; readonly item: Item; readonly placing: Placing }
  | {
      readonly do: "fill";
      readonly stream: StreamName;
      readonly items: readonly Item[];
      readonly placing: Placing & { readonly reset?: boolean };
    }
  | { readonly do: "delete"; readonly stream: StreamName; readonly id: number; readonly isByKey: boolean }
  | { readonly do: "reset"; readonly stream: StreamName }
  | { readonly do: "event"; readonly name: EventName; readonly payload: null | number | string }
  | { readonly do: "assign_async"; readonly key: "user" | "cart"; readonly reset: boolean }
  | { readonly do: "stream_async"; readonly placing: Placing & { readonly reset?: boolean } }
  | { readonly do: "start_async" }
  | { readonly do: "cancel"; readonly name: AsyncKey | "job" }
  | { readonly do: "subscribe" | "unsubscribe" }
  | { readonly do: "broadcast" | "self" | "later"; readonly actions: readonly Action[] }
  | { readonly do: "tell_parent"; readonly actions: readonly Action[] }
  | { readonly do: "update"; readonly which: number; readonly actions: readonly Action[] };

export type EventName = "toast" | "beep";
export const EVENT_NAMES: readonly EventName[] = ["toast", "beep"];

/** How a task ends: with a value, with its own failure, or with something thrown. */
export type Outcome = {
  readonly kind: "ok" | "error" | "exit";
  /** The value, or the reason. */
  readonly value: null | string | { readonly n: number };
  /** What a stream's task brings. */
  readonly items: readonly Item[];
  /** What `handleAsync` does about it. */
  readonly actions: readonly Action[];
};

const streamName = fc.constantFrom<StreamName>("rows", "log");
// What comes out of JSON again has the usual prototype.
const item: fc.Arbitrary<Item> = fc.record(
  { id: fc.nat(5), text: fc.constantFrom("x", "y", "z") },
  { noNullPrototype: true },
);
const items = fc.array(item, { maxLength: 4, size: "max" });
const placing: fc.Arbitrary<Placing> = fc.record(
  { at: fc.constantFrom(-1, 0, 1, 2, 7), limit: fc.constantFrom(0, 1, 2, -2, 3) },
  { requiredKeys: [] },
);
const filling = fc
  .tuple(placing, fc.option(fc.boolean(), { nil: undefined }))
  .map(([place, reset]) => (reset === undefined ? place : { ...place, reset }));

/** What happens to streams and values, and says something. */
const plain: fc.Arbitrary<Action> = fc.oneof(
  fc.constant<Action>({ do: "bump" }),
  fc.constantFrom("a", "b").map((value) => ({ do: "note" as const, value })),
  fc.record({ do: fc.constant("insert" as const), stream: streamName, item, placing }),
  fc.record({ do: fc.constant("insert" as const), stream: streamName, item, placing }),
  fc.record({ do: fc.constant("fill" as const), stream: streamName, items, placing: filling }),
  fc.record({
    do: fc.constant("delete" as const),
    stream: streamName,
    id: fc.nat(5),
    isByKey: fc.boolean(),
  }),
  fc.record({ do: fc.constant("reset" as const), stream: streamName }),
  fc.record({
    do: fc.constant("event" as const),
    name: fc.constantFrom(...EVENT_NAMES),
    payload: fc.constantFrom(null, 1, "x"),
  }),
);

/** Tasks, and who gets the store's messages. */
const lasting: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constant("assign_async" as const),
    key: fc.constantFrom("user" as const, "cart" as const),
    reset: fc.boolean(),
  }),
  filling.map((options) => ({ do: "stream_async" as const, placing: options })),
  fc.record({
    do: fc.constant("assign_async" as const),
    key: fc.constantFrom("user" as const, "cart" as const),
    reset: fc.boolean(),
  }),
  filling.map((options) => ({ do: "stream_async" as const, placing: options })),
  fc.constant<Action>({ do: "start_async" }),
  fc.constantFrom<AsyncKey | "job">("user", "cart", "log", "job").map((name) => ({
    do: "cancel" as const,
    name,
  })),
  fc.constant<Action>({ do: "subscribe" }),
  fc.constant<Action>({ do: "unsubscribe" }),
);

const local = fc.oneof({ weight: 3, arbitrary: plain }, { weight: 2, arbitrary: lasting });

/** What is done later, in a cycle that no client asked for: nothing that starts a task. */
const late: fc.Arbitrary<Action> = fc.oneof(
  { weight: 4, arbitrary: plain },
  {
    weight: 1,
    arbitrary: fieldsWith(fc.constant([])).map((fields) => ({ do: "show" as const, fields })),
  },
);
export const lateActions = fc.array(late, { minLength: 1, maxLength: 3 });

const far: fc.Arbitrary<Action> = fc.oneof(
  fc.record({
    do: fc.constantFrom("broadcast" as const, "self" as const, "later" as const),
    actions: lateActions,
  }),
  fc.record({
    do: fc.constant("tell_parent" as const),
    actions: fc.array(local, { minLength: 1, maxLength: 2 }),
  }),
  fc.record({
    do: fc.constant("update" as const),
    which: fc.nat(20),
    actions: fc.array(local, { minLength: 1, maxLength: 2 }),
  }),
);

const show: fc.Arbitrary<Action> = fieldsWith(
  fc.array(fc.oneof({ weight: 4, arbitrary: local }, { weight: 1, arbitrary: far }), { maxLength: 3 }),
).map((fields) => ({ do: "show", fields }));

/** What a root begins with. */
export const beginning: fc.Arbitrary<readonly Action[]> = fc
  .tuple(show, fc.array(local, { maxLength: 4, size: "max" }))
  .map(([first, rest]) => [first, ...rest]);

export const actions = fc.array(
  fc.oneof({ weight: 6, arbitrary: local }, { weight: 3, arbitrary: far }, { weight: 2, arbitrary: show }),
  { minLength: 1, maxLength: 5, size: "max" },
);

export const outcome: fc.Arbitrary<Outcome> = fc.record({
  kind: fc.constantFrom("ok" as const, "ok" as const, "error" as const, "exit" as const),
  value: fc.constantFrom(null, "gone", { n: 1 }, { n: 2 }),
  items,
  actions: lateActions,
});

function fieldsWith(init: fc.Arbitrary<readonly Action[]>): fc.Arbitrary<Fields> {
  // "s1" is a store's id too: what stands below the one has store ids like what stands below the other.
  const key = fc.constantFrom("a", "b", "c/~", "0", "s1");
  const { fields } = fc.letrec<{ value: Plan; fields: Fields }>((tie) => ({
    value: fc.oneof(
      { maxDepth: 4, depthSize: "medium" },
      fc.constantFrom(null, 1, "x").map((value) => ({ kind: "value" as const, value })),
      streamName.map((stream) => ({ kind: "stream" as const, stream })),
      fc.constantFrom<AsyncKey>("user", "cart", "log").map((of) => ({ kind: "async" as const, key: of })),
      tie("fields").map((of) => ({ kind: "fields" as const, fields: of })),
      fc
        .array(tie("value"), { maxLength: 4, size: "max" })
        .map((list) => ({ kind: "list" as const, items: list })),
      fc.record({
        kind: fc.constant("store" as const),
        id: fc.nat(5).map((n) => `s${n}`),
        module: fc.constantFrom<ChildModule>("Test.Plan", "Test.Plan", "Test.Other"),
        fields: tie("fields"),
        init,
      }),
    ),
    fields: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true, size: "max" }),
  }));
  return fields.map((of) => keepFirst(of, new Set()));
}

/** Of two stores with one id the second becomes null: a server would crash on it. */
function keepFirst(fields: Fields, seen: Set<string>): Fields {
  return mapFields(fields, (plan) => keepFirstIn(plan, seen));
}

function keepFirstIn(plan: Plan, seen: Set<string>): Plan {
  switch (plan.kind) {
    case "list":
      return { ...plan, items: plan.items.map((item) => keepFirstIn(item, seen)) };
    case "fields":
      return { ...plan, fields: keepFirst(plan.fields, seen) };
    case "store":
      if (seen.has(plan.id)) return { kind: "value", value: null };
      seen.add(plan.id);
      return { ...plan, fields: keepFirst(plan.fields, seen) };
    default:
      return plan;
  }
}

/**
 * The same for a child that shows it of its own accord: none of its store ids, nor of the keys above them, is then one that
 * its parent's plan may have.
 */
export function asChildPlan(fields: Fields): Fields {
  const renamed = Object.entries(fields).map(([key, plan]) => [key.replace("s", "k"), renameStores(plan)]);
  return Object.fromEntries(renamed);
}

function renameStores(plan: Plan): Plan {
  switch (plan.kind) {
    case "list":
      return { ...plan, items: plan.items.map(renameStores) };
    case "fields":
      return { ...plan, fields: asChildPlan(plan.fields) };
    case "store":
      return { ...plan, id: plan.id.replace("s", "t"), fields: asChildPlan(plan.fields) };
    default:
      return plan;
  }
}

export function mapFields<Value>(
  fields: Fields,
  map: (plan: Plan, key: string) => Value,
): { [key: string]: Value } {
  return Object.fromEntries(Object.entries(fields).map(([key, plan]) => [key, map(plan, key)]));
}
