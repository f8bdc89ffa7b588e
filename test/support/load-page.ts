import { type Surface, until } from "../../src/cli/browser/driver";

/** What a page of the load server has its server do, and does itself. What is not said is 0 or false. */
export type LoadPlan = {
  /** How many numbered frames the server pushes. */
  readonly ticks?: number;
  /** It pushes so many of them at a time (1 if not said), */
  readonly burst?: number;
  /** so many milliseconds apart. */
  readonly everyMs?: number;
  /** Characters that each numbered frame carries beside its number. */
  readonly size?: number;
  /** Their traffic is that of a mounted root: envelopes, and broadcasts between them. The page only counts them. */
  readonly isMixed?: boolean;
  /** How many numbered frames the page pushes as soon as it has joined, */
  readonly says?: number;
  /** and it pushes one whenever so many ticks have come; */
  readonly sayEvery?: number;
  /** two more when it goes: as the first and the last thing that it can do. */
  readonly hasLastWords?: boolean;
  /** The server leaves what the page pushes unanswered. */
  readonly isMute?: boolean;
  /** Where the page goes at once when it has seen so many ticks. */
  readonly leaveAfter?: number;
  readonly leaveTo?: string;
};

/** What a document is told beside its plan. Its numbers begin behind `start`. */
export type LoadTerms = {
  readonly document: number;
  readonly start: number;
  readonly topic: string;
  readonly root: typeof LOAD_ROOT;
};

/** Where a document that goes says what it saw. */
export const REPORT_PATH = "/seen";

export const LOAD_TOPIC = "load:main";
export const LOAD_ROOT = {
  topic: "musubi:connection:Load.Store:main",
  module: "Load.Store",
  id: "main",
} as const;

/** What a page of the load server offers to tests, as `load`. */
export type Load = {
  /** The numbered frames in the order in which the page sent and got them: `in 1`, `out 1`, `in 2`. */
  readonly seen: string[];
  /** How many ticks came. */
  readonly count: () => number;
  /** Pushes so many more numbered frames. */
  readonly say: (times: number) => void;
  readonly close: () => void;
};

/** Waits until a page has seen so many ticks. */
export async function untilTicks(page: Pick<Surface, "evaluate">, ticks: number): Promise<void> {
  const read = () => page.evaluate(readCount).catch(() => 0);
  await until(`${ticks} ticks`, async () => (await read()) >= ticks || undefined, LOAD_PATIENCE_MS);
}

const LOAD_PATIENCE_MS = 500_000;

/** What the page has sent and got so far. */
export function seenBy(page: Pick<Surface, "evaluate">): Promise<readonly string[]> {
  return page.evaluate(readSeen);
}

/** Has the page push more. */
export function say(page: Pick<Surface, "evaluate">, times: number): Promise<void> {
  return page.evaluate(callSay, times);
}

// The functions below run in the page.

declare const load: Load;

function readCount(): number {
  return load.count();
}

function readSeen(): readonly string[] {
  return load.seen;
}

function callSay(times: number): void {
  load.say(times);
}

/**
 * The page's only script, which stands first in it: opens the socket at once, joins, and keeps the order of what it
 * sent and got.
 */
export function runLoad(plan: LoadPlan, { document: id, start, topic, root }: LoadTerms): void {
  const seen: string[] = [];
  const pad = "x".repeat(plan.size ?? 0);
  let [ticks, says] = [0, start];
  const origin = location.origin.replace("http", "ws");
  const socket = new WebSocket(`${origin}/socket/websocket${location.search}&document=${id}&vsn=2.0.0`);
  const join = (ref: string, name: string, payload: unknown): void =>
    socket.send(JSON.stringify([ref, ref, name, "phx_join", payload]));
  const say = (times: number): void => {
    for (const end = says + times; says < end; ) {
      seen.push(`out ${++says}`);
      socket.send(JSON.stringify(["1", String(says), topic, "say", { n: says, pad }]));
    }
  };
  socket.onopen = () => {
    join("1", topic, {});
    if (plan.isMixed) join("2", root.topic, { module: root.module, id: root.id, params: {} });
    say(plan.says ?? 0);
  };
  socket.onmessage = ({ data }: MessageEvent<string>) => {
    if (!/"tick",\{|"patch",\{/.test(data)) return;
    ticks++;
    if (!plan.isMixed) seen.push(`in ${JSON.parse(data)[4].n}`);
    if (plan.sayEvery && ticks % plan.sayEvery === 0) say(1);
    if (plan.leaveTo && ticks === plan.leaveAfter) location.replace(plan.leaveTo);
  };
  const lastWords = (): void => {
    if (plan.hasLastWords && socket.readyState === WebSocket.OPEN) say(1);
    if (!navigator.sendBeacon(`/seen?document=${id}`, seen.join()))
      throw new Error("It is too much to report.");
  };
  addEventListener("pagehide", () => {
    lastWords();
    // Nothing that a page can hear comes later.
    document.addEventListener("visibilitychange", lastWords);
  });
  Object.assign(window, { load: { seen, count: () => ticks, say, close: () => socket.close() } });
  if (plan.leaveTo && plan.leaveAfter === 0) location.replace(plan.leaveTo);
}
