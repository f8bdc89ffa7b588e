import { expect, it } from "vitest";
import type { PageEvent } from "../../src/bridge/page-event";
import type { PollEvent } from "../../src/bridge/tap-message";
import { createLongPoll } from "../../src/content/long-poll";
import { readSession } from "../../src/session/reader";
import { encodeBase64 } from "../../src/wire/codec-binary";
import { describeShared, readRecording } from "../support/shared";
import { createPolls } from "./polls";

/** What a recording and a capture both say of a transport. */
type Fact = readonly [type: string, socket: number, what: unknown];

/** The long polls of a recorded page, each numbered by its first request. */
type Recorded = { readonly facts: readonly Fact[]; readonly traffic: readonly PollEvent[] };

/** The requests and answers that the page of a recording had, by what came of them. */
function readTraffic(name: string): Recorded {
  const session = readSession(readRecording(name));
  if (!session.ok) throw new Error("The recording cannot be read.");
  const polls = createPolls();
  const facts: Fact[] = [];
  const traffic: PollEvent[] = [];
  /** By recorded socket: its first request, which names it, and the one that waits. */
  const sockets = new Map<number, { first: number; waiting: number }>();
  let requests = 0;

  for (const event of session.value.events) {
    if (event.type === "socket" && event.transport === "longpoll") {
      sockets.set(event.socket, { first: ++requests, waiting: requests });
      traffic.push(polls.get(requests, null, { url: event.url }));
      facts.push(["socket", requests, event.url]);
      continue;
    }
    if (!("socket" in event) || event.socket === undefined) continue;
    const socket = sockets.get(event.socket);
    if (socket === undefined) continue;
    const token = `token of ${socket.first}`;
    const pollAgain = (): void => {
      socket.waiting = ++requests;
      traffic.push(polls.get(requests, token));
    };
    switch (event.type) {
      case "open":
        facts.push(["open", socket.first, null]);
        traffic.push(polls.answer(socket.waiting, 410, token));
        pollAgain();
        break;
      case "out": {
        const body = "text" in event ? event.text : event.base64;
        facts.push(["out", socket.first, body]);
        traffic.push(polls.post(++requests, token, body), polls.answer(requests, 200));
        break;
      }
      case "in": {
        const text = "text" in event ? event.text : "";
        facts.push(["in", socket.first, text]);
        traffic.push(polls.answer(socket.waiting, 200, token, [text]));
        pollAgain();
        break;
      }
      case "close":
        facts.push(["close", socket.first, event.code]);
        traffic.push(endOf(polls, socket.waiting, event.code, token));
    }
  }
  return { facts, traffic };
}

function endOf(
  polls: ReturnType<typeof createPolls>,
  request: number,
  code: number,
  token: string,
): PollEvent {
  switch (code) {
    case 1000:
      return polls.end(request, "aborted");
    case 1008:
      return polls.answer(request, 403);
    case 3410:
      return polls.answer(request, 410, token);
    default:
      return polls.answerText(request, "<html>", 404);
  }
}

function factOf(event: PageEvent): readonly Fact[] {
  switch (event.type) {
    case "socket":
      return [["socket", event.socket, event.url]];
    case "open":
      return [["open", event.socket, null]];
    case "out":
    case "in":
      return [[event.type, event.socket, toRecorded(event.data)]];
    case "close":
      return [["close", event.socket, event.code]];
    default:
      return [];
  }
}

function toRecorded(data: string | ArrayBuffer): string {
  return typeof data === "string" ? data : encodeBase64(new Uint8Array(data));
}

describeShared("the long polls of a real server and a real client", () => {
  it("are captured as they were recorded", () => {
    const { facts, traffic } = readTraffic("longpoll");
    const longPoll = createLongPoll();
    const captured = traffic.flatMap(longPoll.take);

    expect(captured.flatMap(factOf)).toEqual(facts);
    expect(captured.filter(({ type }) => type === "broken")).toEqual([]);
    // All ways to end are among them.
    const codes = facts.flatMap(([type, , what]) => (type === "close" ? [what] : []));
    expect([...new Set(codes)].sort()).toEqual([1000, 1008, 1011, 3410]);
  });
});
