import { searchContent } from "../../src/engine/ask/search";
import { createStoreActivity, type StoreActivity } from "../../src/engine/ask/store-activity";
import { storeChanges } from "../../src/engine/ask/store-changes";
import { createTimelineView } from "../../src/engine/ask/timeline";
import { blame, valueHistory } from "../../src/engine/ask/value-history";
import type { ValueTarget } from "../../src/engine/ask/value-target";
import { storeKey } from "../../src/engine/content/store-tree";
import type { Engine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { ingest } from "./ingest";
import { measure } from "./measure";
import { checkEqual, onlyRoot } from "./oracle";
import { type BenchSession, mixedSession, pick, tickingStores } from "./sessions";
import { type Figure, formatCount } from "./table";

const ENVELOPES = 100_000;
const STORES = 200;
const MIXED_ENVELOPES = 20_000;

/** What is asked of a session that has been folded. */
export function* questionFigures(): Generator<Figure> {
  const mixed = mixedSession(MIXED_ENVELOPES);
  const engine = ingest(mixed.events);
  yield inspectFigure(mixed, engine);
  yield searchFigure(mixed, engine);
  const { events } = tickingStores(STORES, ENVELOPES);
  const ticking = ingest(events);
  yield timelineFigure(events, ticking);
  yield activityFigure(ticking);
  const activity = createStoreActivity(onlyRoot(ticking).history);
  activity.extend();
  yield storeChangesFigure(ticking, activity);
  yield* writingFigures(ticking, activity);
}

function inspectFigure({ name, events }: BenchSession, engine: Engine): Figure {
  const seq = pick(1, engine.seq);
  const fresh = ingest(events.slice(0, seq)).inspect();
  checkEqual(`the document of event ${seq}`, engine.inspectAt(seq), fresh);
  let nth = 0;
  const ms = measure(() => () => engine.inspectAt(1 + pick(nth++, engine.seq)));
  return figure("the document of an event", name, ms);
}

function searchFigure({ name }: BenchSession, engine: Engine): Figure {
  const content = onlyRoot(engine).content();
  const found = new Set<number>();
  const ms = measure(() => () => {
    const answer = searchContent(content, { kind: "text", text: "USER-3" });
    found.add(answer.ok ? answer.value.hits.length : -1);
    return answer;
  });
  const total = numbers(MIXED_ENVELOPES).filter((at) => at % 10 === 0 && at % 7 === 3).length;
  checkEqual("how often a text is found", [...found], [total]);
  return figure("a text in the keys and values", `${total} hits in what ${name} led to`, ms);
}

/** In whatever case, in the words of each entry and the text of its frame. */
function timelineFigure(events: readonly SessionEvent[], engine: Engine): Figure {
  const text = "/ROWS/17/N";
  const found = new Set<number>();
  const ms = measure(() => () => {
    const view = createTimelineView(engine, { text }, (seq) => textOf(events[seq - 1]));
    found.add(view.ok ? view.value.extend() : -1);
    return view;
  });
  const expected = events.filter((event) => textOf(event)?.toLowerCase().includes(text.toLowerCase()));
  checkEqual("how many entries hold a text", [...found], [expected.length]);
  const of = `${expected.length} of ${formatCount(engine.timeline.length())} entries`;
  return { ...figure("the timeline's entries with a text", of, ms), target: 30 };
}

function textOf(event: SessionEvent | undefined): string | null {
  return event !== undefined && "text" in event ? event.text : null;
}

/** Every revision is looked at once, for the stores that it changed. */
function activityFigure(engine: Engine): Figure {
  const { history } = onlyRoot(engine);
  const ms = measure(() => () => {
    const activity = createStoreActivity(history);
    activity.extend();
    checkEqual("the stores of the last revision", activity.storesOf(history.count()), [keyOf(ENVELOPES)]);
    return activity;
  });
  return figure("which stores each revision changed", `${formatCount(history.count())} revisions`, ms);
}

function storeChangesFigure(engine: Engine, activity: StoreActivity): Figure {
  const { history } = activity;
  const range = { from: 0, to: history.count() };
  const causes = onlyRoot(engine).causes;
  const found = new Set<number>();
  const ms = measure(() => () => {
    const answer = storeChanges(activity, idOf(ENVELOPES), range, causes);
    found.add(answer === "truncated" ? -1 : answer.total);
    return answer;
  });
  checkEqual("how many changes a store had", [...found], [countValues()]);
  return figure(
    "the changes of one store",
    `${countValues()} of ${formatCount(history.count())} revisions`,
    ms,
  );
}

function* writingFigures(engine: Engine, activity: StoreActivity): Generator<Figure> {
  const causes = onlyRoot(engine).causes;
  const target: ValueTarget = { what: "field", store_id: idOf(ENVELOPES), path: "/n" };
  const answers = new Set<string>();
  const written = measure(() => () => {
    const answer = blame(activity, engine.seq, target, causes);
    answers.add(answer === null || answer === "truncated" ? String(answer) : `version ${answer.version}`);
    return answer;
  });
  checkEqual("what wrote a value last", [...answers], [`version ${ENVELOPES + 1}`]);
  yield figure("which revision wrote a value", "the last one", written);
  const counts = new Set<number>();
  const all = measure(() => () => {
    const answer = valueHistory(activity, engine.seq, target, causes);
    counts.add(answer === "truncated" ? -1 : answer.values.length);
    return answer;
  });
  checkEqual("how many values there were", [...counts], [countValues()]);
  yield figure("all that a value has been", `${countValues()} values`, all);
}

/** The store came with a value, and each of its ticks gave it another. */
function countValues(): number {
  return 1 + numbers(ENVELOPES).filter((at) => pick(at, STORES) === pick(ENVELOPES, STORES)).length;
}

/** From 1 on. */
function numbers(count: number): readonly number[] {
  return Array.from({ length: count }, (_, nth) => nth + 1);
}

/** The store that this envelope ticks. */
function idOf(at: number): readonly string[] {
  return ["rows", `r${pick(at, STORES)}`];
}

function keyOf(at: number): string {
  return storeKey(idOf(at));
}

function figure(question: string, of: string, ms: number): Figure {
  return { name: `ask: ${question}`, value: ms, unit: "ms", target: null, medians: of };
}
