import type { Chunk } from "../../../src/bridge/chunk";
import type { FrameRun } from "../../../src/bridge/frame-run";
import type { PageEvent } from "../../../src/bridge/page-event";
import type { JsonObject } from "../../../src/wire/json";
import { pageOfSession } from "../../support/page-of-session";
import { envelopeFrame, playSession, replace, type Step, store } from "../server-frames";
import { pick } from "../sessions";

/** What the panel is measured with: a root of so many stores, and a timeline of so many entries. */
export const STORES = 10_000;
export const ENTRIES = 100_000;

/** Of 20 envelopes five come with a command and its reply, and two with a push event: 32 entries. */
const PERIOD = { envelopes: 20, entries: 32, command: 4, event: 10 } as const;
export const ENVELOPES = (ENTRIES / PERIOD.entries) * PERIOD.envelopes;

/** What comes with the envelope of version `version`, but for the first one, which brings all the stores. */
export function stepOf(version: number): Step {
  const row = pick(version, STORES);
  const n = replace(`/rows/${row}/n`, version);
  const id = ["rows", `r${row}`];
  return {
    ops: version % 3 === 0 ? [n, replace(`/rows/${row}/label`, labelOf(version))] : [n],
    ...(version % PERIOD.event === 0 && {
      events: [{ store_id: id, name: "toast", payload: { text: labelOf(version) } }],
    }),
    ...(version % PERIOD.command === 0 && {
      command: { store_id: id, name: "set", payload: { n: version } },
    }),
  };
}

/** The state that the root has at first. */
export function firstState(): JsonObject {
  const rows = Array.from({ length: STORES }, (_, at) =>
    store(["rows", `r${at}`], { label: labelOf(at), n: 0, price: at * 100, tags: ["new", "sale"] }),
  );
  return store([], { currency: "EUR", rows, title: "A shop" });
}

function labelOf(at: number): string {
  return `Article ${pick(at, 100_000)}`;
}

/** The session as the tap of a page hands it over, its last event a moment ago. */
export function panelSession(): readonly Chunk[] {
  const steps = Array.from({ length: ENVELOPES }, (_, at) => stepOf(at + 2));
  const events = playSession(firstState(), steps);
  const start = Date.now() - events.length;
  return inRuns(pageOfSession(events).map((event) => ({ ...event, at: start + event.at })));
}

/** Envelopes from version `first` on, without commands, which came together `at` this time. */
export function liveRun(first: number, count: number, at: number): FrameRun {
  const texts = Array.from({ length: count }, (_, nth) => envelopeFrame(first + nth, stepOf(first + nth)));
  return toRun(texts.map((data) => ({ type: "in", at, socket: 1, data })));
}

/** About how much text a run has. */
const RUN_CHARS = 256 * 1024;

/** Text frames that follow each other become runs. */
function inRuns(events: readonly PageEvent[]): readonly Chunk[] {
  const chunks: Chunk[] = [];
  let frames: TextFrame[] = [];
  let chars = 0;
  function end(): void {
    if (frames.length > 0) chunks.push(toRun(frames));
    [frames, chars] = [[], 0];
  }
  for (const event of events) {
    const size = isTextFrame(event) ? event.data.length : RUN_CHARS;
    if (chars + size > RUN_CHARS) end();
    if (isTextFrame(event) && size <= RUN_CHARS) frames.push(event);
    else chunks.push(event);
    chars = frames.length === 0 ? 0 : chars + size;
  }
  end();
  return chunks;
}

type TextFrame = {
  readonly type: "in" | "out";
  readonly at: number;
  readonly socket: number;
  readonly data: string;
};

function isTextFrame(event: PageEvent): event is TextFrame {
  return (event.type === "in" || event.type === "out") && typeof event.data === "string";
}

function toRun(frames: readonly TextFrame[]): FrameRun {
  const at = frames[0]?.at ?? 0;
  return {
    type: "run",
    at,
    later: frames.map((frame) => Math.round((frame.at - at) * 1000)),
    socket: frames.map(({ socket }) => socket),
    sent: frames.map(({ type }) => type === "out"),
    length: frames.map(({ data }) => data.length),
    text: frames.map(({ data }) => data).join(""),
  };
}
