import type {
  CauseLinks,
  EntryQuery,
  EntryView,
  Linked,
  RatesQuery,
  RatesView,
  TimelineChoice,
  TimelineLine,
  TimelineQuery,
  TimelineView,
} from "../../src/bridge/timeline-view";
import type { EventView, RootKey, Row, View } from "../../src/bridge/view";

/** The timeline of a made-up session. */
export function fakeTimeline(
  query: TimelineQuery | EntryQuery | RatesQuery,
  rows: readonly Row[],
  eventOf: (seq: number) => EventView,
): View | null {
  const lines = linesOf(rows);
  switch (query.kind) {
    case "timeline":
      return windowOf(lines, query);
    case "entry":
      return entryOf(lines, rows, query.seq, eventOf(query.seq));
    case "rates":
      return ratesOf(lines, query);
  }
}

/** Entries of the rows that were seen so far: rows only ever come. */
type Known = { rows: number; readonly lines: TimelineLine[] };

const known = new WeakMap<readonly Row[], Known>();

function linesOf(rows: readonly Row[]): readonly TimelineLine[] {
  const present = known.get(rows) ?? { rows: 0, lines: [] };
  known.set(rows, present);
  for (const row of rows.slice(present.rows)) present.lines.push(...entriesOf(row, present.lines.length));
  present.rows = rows.length;
  return present.lines;
}

const COUNTER: RootKey = {
  ...{ connection: 1, topic: "musubi:connection:Demo.CounterStore:c1" },
  root_id: "Demo.CounterStore:c1",
};
const CART: RootKey = {
  ...{ connection: 1, topic: "musubi:connection:Shop.Stores.CartStore:u9:open" },
  root_id: "Shop.Stores.CartStore:u9:open",
};

/** An envelope may have push events, and any event a problem: each is an entry of its own. */
function entriesOf(row: Row, place: number): readonly TimelineLine[] {
  const { seq, t, size, by, problem } = row;
  const kind = kindOf(row);
  const isMusubi = kind === "command" || kind === "reply" || kind === "envelope";
  const root = isMusubi ? rootOf(seq) : null;
  const line: TimelineLine = {
    ...{ place, seq, t, kind, root, size, by, summary: summaryOf(row, kind) },
    store_id: root === CART ? ["cart", "lines", `l${(seq % 6) + 1}`] : kind === "command" ? [] : null,
    command: kind === "envelope" ? seq - 2 : null,
    confidence: kind === "envelope" ? "high" : null,
  };
  const push = { kind: "event", summary: `event saved of ${root?.root_id}`, command: null, confidence: null };
  const more = [
    ...(kind === "envelope" && seq % 15 === 0 ? [{ ...line, ...push }] : []),
    ...(problem === null ? [] : [{ ...line, kind: "problem", summary: `version_gap: ${problem}` }]),
  ];
  return [line, ...more.map((entry, nth) => ({ ...entry, place: place + 1 + nth }))];
}

/** One of five chains is the cart's. */
function rootOf(seq: number): RootKey {
  return Math.floor((seq - 1) / 3) % 5 === 4 ? CART : COUNTER;
}

function kindOf({ type, event, topic }: Row): string {
  if (type === "socket" || type === "open" || type === "close" || type === "error") return "transport";
  if (type !== "in" && type !== "out") return type;
  if (topic === "phoenix") return "heartbeat";
  if (event === "command") return "command";
  if (event === "patch") return "envelope";
  return event === "phx_reply" ? "reply" : "push";
}

function summaryOf({ seq, summary, event, topic }: Row, kind: string): string {
  switch (kind) {
    case "command":
      return `command "increment" of ${rootOf(seq).root_id}`;
    case "reply":
      return 'ok to "increment" after 3.1 ms';
    case "envelope":
      return `v${seq} → v${seq + 1} of ${rootOf(seq).root_id}, high confidence from "increment"`;
    case "heartbeat":
      return "heartbeat";
    case "push":
      return `${event} on ${topic}`;
    default:
      return summary;
  }
}

function windowOf(lines: readonly TimelineLine[], query: TimelineQuery): TimelineView {
  const view = {
    kind: "timeline",
    from: 0,
    total: 0,
    rows: [],
    forgotten: 0,
    located: null,
    left: 0,
  } as const;
  let expression: RegExp;
  try {
    expression = expressionOf(query.choice);
  } catch (error) {
    return {
      ...view,
      fault: `This is no regular expression: ${error instanceof Error ? error.message : ""}.`,
    };
  }
  const found = lines.filter((line) => meets(line, query.choice, expression));
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  const located = query.locate === null ? -1 : found.findIndex(({ seq }) => seq === query.locate);
  return {
    ...{ ...view, fault: null, from, total: found.length },
    rows: found.slice(from, from + query.count),
    located: located === -1 ? null : located,
  };
}

function expressionOf({ text, isRegex }: TimelineChoice): RegExp {
  return new RegExp(isRegex ? text : text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"), "i");
}

function meets(line: TimelineLine, { kinds, root, store_id }: TimelineChoice, expression: RegExp): boolean {
  return (
    (kinds === null || kinds.includes(line.kind)) &&
    (root === null || line.root?.root_id === root.root_id) &&
    (store_id === null || line.store_id?.join("/") === store_id.join("/")) &&
    expression.test(line.summary)
  );
}

function ratesOf(lines: readonly TimelineLine[], query: RatesQuery): RatesView {
  const [first_t, newest_t] = [lines[0]?.t ?? 0, lines.at(-1)?.t ?? 0];
  const [from_t, to_t] = [query.from_t, query.to_t === "end" ? newest_t : query.to_t];
  const kinds = new Map<string, number[]>();
  const marks: RatesView["marks"][number][] = [];
  for (const { t, seq, kind } of lines) {
    if (t < from_t || t > to_t) continue;
    const counts = kinds.get(kind) ?? new Array<number>(query.buckets).fill(0);
    kinds.set(kind, counts);
    const nth = Math.min(query.buckets - 1, Math.floor(((t - from_t) / (to_t - from_t)) * query.buckets));
    counts[nth] = (counts[nth] ?? 0) + 1;
    if (kind === "problem" || kind === "gap" || kind === "page") marks.push({ t, seq, kind });
  }
  return {
    ...{ kind: "rates", from_t, to_t, first_t, newest_t, marks: marks.slice(-500) },
    kinds: [...kinds].map(([kind, counts]) => ({ kind, counts })),
  };
}

function entryOf(
  lines: readonly TimelineLine[],
  rows: readonly Row[],
  seq: number,
  event: EventView,
): EntryView {
  const entries = lines.filter((line) => line.seq === seq);
  const isChained = entries.some(({ kind }) => kind === "command" || kind === "reply" || kind === "envelope");
  const isEnvelope = entries.some(({ kind }) => kind === "envelope");
  return {
    ...{ kind: "entry", seq, event, entries },
    links: isChained ? linksOf(lines, rows, seq) : NO_LINKS,
    diff: isEnvelope ? DIFF : null,
  };
}

const NO_LINKS: CauseLinks = { command: null, reply: null, envelopes: [], events: [], confidence: null };

/** A command comes first of three events, its reply second, its envelope third. */
function linksOf(lines: readonly TimelineLine[], rows: readonly Row[], seq: number): CauseLinks {
  const first = seq - ((seq - 1) % 3);
  const chain = lines.filter((line) => line.seq >= first && line.seq < first + 3 && line.seq <= rows.length);
  const of = (kind: string): readonly Linked[] =>
    chain.filter((line) => line.kind === kind).map(({ seq: own, t, summary }) => ({ seq: own, t, summary }));
  return {
    ...{ command: of("command")[0] ?? null, reply: of("reply")[0] ?? null },
    ...{ envelopes: of("envelope"), events: of("event"), confidence: "high" },
  };
}

/** As the engine answers a question for it. */
const DIFF = {
  kind: "diff",
  diff: {
    state: {
      differences: [
        { path: "/count", op: "replace", before: 17, after: 18 },
        { path: "/child/doubled", op: "replace", before: 34, after: 36 },
        { path: "/note", op: "add", before: undefined, after: "leave it at the door\u202E" },
        {
          path: "/items/3",
          op: "remove",
          before: { sku: "MUG-1698", qty: 2, tags: ["new"] },
          after: undefined,
        },
      ],
      more: false,
    },
    streams: [
      {
        store_id: ["cart"],
        name: "messages",
        items: [
          { kind: "added", item_key: "messages-4", at: 3, after: { id: 4, body: "On their way." } },
          { kind: "moved", item_key: "messages-1", from: 0, to: 2 },
        ],
      },
    ],
    uploads: [
      {
        ...{ store_id: [], name: "avatar", before: {}, after: {} },
        differences: [{ path: "/entries/0/progress", op: "replace", before: 20, after: 55 }],
      },
    ],
    assigns: [],
    more: false,
  },
};
