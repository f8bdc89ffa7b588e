import type { Answer, RootHit } from "../../src/engine/ask/answer";
import type { ComparedValue, ShownValue } from "../../src/engine/ask/comparison";
import type { Question } from "../../src/engine/ask/question";
import type { Json } from "../../src/wire/json";

type Of<Kind extends Question["kind"]> = Extract<Question, { readonly kind: Kind }>;

const shown = (value: Json): ShownValue => {
  const text = JSON.stringify(value, null, 2);
  return { text: text.slice(0, 20_000), length: text.length };
};

function value(path: string, before: Json | undefined, after: Json | undefined): ComparedValue {
  const op = before === undefined ? "add" : after === undefined ? "remove" : "replace";
  const sides = {
    before: before === undefined ? null : shown(before),
    after: after === undefined ? null : shown(after),
  };
  return { what: "field", name: "", item_key: null, path, op, ...sides };
}

const PERSON = { id: 9, name: "Ada", roles: ["admin", "editor"], since: "2026-11-02T09:30:00Z" };

/** A made-up root between two events: its counter grows evenly, and a cart has much in it. */
export function fakeComparison({ root, from_seq, to_seq = from_seq }: Of<"compare">): Answer {
  if (from_seq === to_seq) return { kind: "compare", stores: [], more: false };
  const [before, after] = [Math.floor(from_seq / 3), Math.floor(to_seq / 3)];
  if (root.root_id === "Demo.CounterStore:c1") {
    return {
      ...{ kind: "compare", more: false },
      stores: [
        { store_id: [], differences: [value("/count", before, after)] },
        { store_id: ["child"], differences: [value("/doubled", before * 2, after * 2)] },
      ],
    };
  }
  const item = {
    ...value("", undefined, { id: 7, text: "Hello \u202Egnp.exe" }),
    name: "messages",
    item_key: "messages-7",
  };
  const moved = { ...value("", 3, 0), op: "move", name: "messages", item_key: "messages-2" } as const;
  return {
    ...{ kind: "compare", more: true },
    stores: [
      {
        store_id: [],
        differences: [
          value("/currency", "EUR", "USD"),
          value("/shipping", null, {
            country: "DE",
            options: Array.from({ length: 12 }, (_, nth) => ({ nth, price: nth * 3 })),
          }),
          { ...item, what: "stream" },
          { ...moved, what: "stream" },
          { ...value("/entries/0/progress", 55, 100), what: "upload", name: "avatar" },
          { ...value("/current_user", PERSON, { ...PERSON, name: "Ada Lovelace" }), what: "assign" },
        ],
      },
      {
        store_id: ["cart"],
        differences: [value("/note", "x".repeat(400), undefined), value("/total", 12.5, 13)],
      },
      {
        store_id: ["cart", "lines", "l9"],
        differences: [{ ...value("", undefined, { quantity: 1, sku: "tea" }), what: "store" }],
      },
    ],
  };
}

const COUNTER = {
  connection: 1,
  topic: "musubi:connection:Demo.CounterStore:c1",
  root_id: "Demo.CounterStore:c1",
};

const HITS: readonly RootHit[] = [
  {
    ...COUNTER,
    area: "state",
    store_id: [],
    name: null,
    item_key: null,
    path: "/count",
    kind: "key",
    preview: "count",
  },
  {
    ...COUNTER,
    area: "state",
    store_id: [],
    name: null,
    item_key: null,
    path: "/label",
    kind: "value",
    preview: "clicks",
  },
  {
    ...{ ...COUNTER, area: "state", store_id: ["child"], name: null, item_key: null, kind: "value" },
    ...{ path: "/__musubi_store_id__/0", preview: "child" },
  },
];

/** What is found in the made-up counter. */
export function fakeSearch({ query }: Of<"search">): Answer {
  const text = query.kind === "text" ? query.text.toLowerCase() : "";
  return { kind: "search", hits: HITS.filter(({ preview }) => preview.includes(text)), more: false };
}

/** The newest envelope up to an event: every third event is one. */
export function fakeEnvelopes({ to_seq = 0 }: Of<"timeline">): Answer {
  const seq = Math.floor(to_seq / 3) * 3;
  if (seq === 0) return { kind: "timeline", total: 0, from: 0, entries: [], forgotten: 0 };
  const kind = "envelope" as const;
  const entry = {
    ...{ place: seq, seq, t: seq * 13.7, kind, root: null, store: null, summary: "", size: 96 },
    ...{ answers: null, answered: null, command: null, confidence: null },
  };
  return { kind: "timeline", total: seq / 3, from: seq / 3 - 1, entries: [entry], forgotten: 0 };
}
