import { expect } from "vitest";
import { PATIENCE_MS, type Surface, until } from "../../src/cli/browser/driver";
import { startEchoServer } from "./echo-server";
import { differenceOf, readSession, type SessionRead } from "./session-reader";

/** What a page that talks offers to tests, as `talk`. */
export type Talk = {
  /** The frames that the page sent and got, in order: `out phx_join 1`, `in phx_reply 1`, `out say 2`. */
  readonly seen: readonly string[];
  /** One for each time that the page was shown: whether it came out of the back-forward cache. */
  readonly shown: readonly boolean[];
  /** Sends so many messages. Each is answered. */
  readonly say: (times: number) => void;
  /** How many sockets the page has opened. On each it joins as soon as it is open. */
  readonly sockets: () => number;
  /** Resolves when the socket has closed. */
  readonly close: () => Promise<void>;
};

/** The channel that such a page talks on. It answers each message. */
export const TALK_TOPIC = "echo:talk";

/** Pages that talk, under as many addresses as one wants, and blank ones. */
export type TalkSite = {
  /** @param host another name of this machine is another site; on the last of them no extension runs unasked */
  readonly url: (name: string, host?: "127.0.0.1" | "localhost" | "127.0.0.2") => string;
  readonly blank: (host?: "127.0.0.1" | "127.0.0.2") => string;
  readonly close: () => Promise<void>;
};

/**
 * Serves pages whose first script opens a Phoenix socket, joins a plain channel and says three things, and does so again
 * when the page is back out of the back-forward cache.
 * @param demo such as `http://localhost:4000/`: where the demo is served, which answers them
 */
export async function openTalkSite(demo: string): Promise<TalkSite> {
  const { origin, publish, close } = await startEchoServer();
  const at = (host: string): string => `http://${origin.replace("127.0.0.1", host)}`;
  const args = [socketUrl(demo), TALK_TOPIC].map((value) => JSON.stringify(value));
  // Some compilers wrap named inner functions in `__name(…)`, which the page does not have.
  const path = publish(`<script>{ const __name = (inner) => inner; (${runTalk})(${args}); }</script>`);
  return {
    url: (name, host = "127.0.0.1") => `${at(host)}${path}?${name}`,
    blank: (host = "127.0.0.1") => `${at(host)}/blank`,
    close,
  };
}

/** @param demo where the demo is served */
export function socketUrl(demo: string): string {
  return `${demo.replace("http", "ws")}socket/websocket?vsn=2.0.0`;
}

/** Waits until the page has its answers to everything, and gives what it has sent and got. */
export function talkOf(page: Pick<Surface, "evaluate">): Promise<readonly string[]> {
  const read = () => page.evaluate(readAnswered).catch(() => null);
  return until("the answers to what the page said", async () => (await read()) ?? undefined);
}

/** Has the page say more, waits for the answers, and gives all that it has sent and got. */
export async function talkOn(page: Pick<Surface, "evaluate">, times: number): Promise<readonly string[]> {
  await talkOf(page);
  await page.evaluate(callSay, times);
  return talkOf(page);
}

/** Browsers do not put a page with an open socket away: Firefox asks before the page could close it by itself. */
export async function fallSilent(page: Pick<Surface, "evaluate">): Promise<void> {
  await page.evaluate(callClose);
}

/** Whether the page came out of the back-forward cache, for each time that it was shown. */
export function shownOf(page: Pick<Surface, "evaluate">): Promise<readonly boolean[]> {
  return page.evaluate(readShown);
}

/** Waits until a session holds exactly the frames that its pages sent and got. */
export async function untilTold(
  panel: Pick<Surface, "evaluate">,
  talk: readonly string[],
  which: "live" | "past" = "live",
): Promise<SessionRead> {
  let read = await readSession(panel, which);
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end; read = await readSession(panel, which)) {
    if (differenceOf(talkIn(read), talk) === null) return read;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  expect(talkIn(read)).toEqual(talk);
  return read;
}

const POLL_MS = 200;

/** The frames of a session as pages tell them. */
export function talkIn({ rows }: SessionRead): readonly string[] {
  return rows
    .filter(({ type }) => type === "in" || type === "out")
    .map(({ type, event, ref }) => `${type} ${event} ${ref}`);
}

// The functions below run in the page.

declare const talk: Talk;

function readAnswered(): readonly string[] | null {
  const sent = talk.seen.filter((frame) => frame.startsWith("out"));
  const joins = sent.filter((frame) => frame.includes("phx_join"));
  return joins.length === talk.sockets() && talk.seen.length === 2 * sent.length ? talk.seen : null;
}

function readShown(): readonly boolean[] {
  return talk.shown;
}

function callSay(times: number): void {
  talk.say(times);
}

function callClose(): Promise<void> {
  return talk.close();
}

function runTalk(url: string, topic: string): void {
  const seen: string[] = [];
  const shown: boolean[] = [];
  let [refs, joinRef, sockets] = [0, "", 0];
  let socket: WebSocket;
  const send = (event: string): void => {
    const ref = String(++refs);
    if (event === "phx_join") joinRef = ref;
    seen.push(`out ${event} ${ref}`);
    socket.send(JSON.stringify([joinRef, ref, topic, event, {}]));
  };
  const say = (times: number): void => {
    for (let time = 0; time < times; time++) send("say");
  };
  const open = (): void => {
    sockets++;
    socket = new WebSocket(url);
    socket.onopen = () => {
      send("phx_join");
      say(3);
    };
    socket.onmessage = ({ data }: MessageEvent<string>) => {
      const [, ref, , event] = JSON.parse(data);
      seen.push(`in ${event} ${ref}`);
    };
  };
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      socket.onclose = () => resolve();
      socket.close();
    });
  open();
  localStorage.setItem(location.href, "begun");
  addEventListener("pageshow", ({ persisted }) => {
    shown.push(persisted);
    if (persisted) open();
  });
  Object.assign(window, { talk: { seen, shown, say, sockets: () => sockets, close } });
}
