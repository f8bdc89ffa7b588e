import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createJournal } from "../../src/host/journal";
import { createTopicIndex, type Traffic } from "../../src/host/topic-index";
import type { SessionEvent } from "../../src/session/event";
import { utf8Length } from "../../src/wire/utf8-length";
import { lawRuns } from "../support/law-runs";
import { lives } from "../support/random-life";

const SEED = 6;

/** The traffic of a topic of a connection's sockets, counted one event after the other. */
function countNaively(events: readonly SessionEvent[], sockets: readonly number[], topic: string): Traffic {
  const traffic = { received: 0, sent: 0, bytes: 0, last: null as number | null };
  for (const [place, event] of events.entries()) {
    if ((event.type !== "in" && event.type !== "out") || !("text" in event)) continue;
    const message = JSON.parse(event.text);
    // The first serializer writes an object.
    const own = Array.isArray(message) ? message[2] : message.topic;
    if (!sockets.includes(event.socket) || own !== topic) continue;
    if (event.type === "in") traffic.received++;
    else traffic.sent++;
    traffic.bytes += utf8Length(event.text);
    traffic.last = place + 1;
  }
  return traffic;
}

describe("the frames of a topic", () => {
  it(`are counted as one would count them, at any moment, however often one looks (seed ${SEED})`, () => {
    fc.assert(
      fc.property(lives, fc.nat(), fc.nat(), (events, pick, look) => {
        const journal = createJournal();
        const index = createTopicIndex(journal);
        for (const [place, event] of events.entries()) {
          journal.append(event);
          if (place % ((look % 7) + 1) === 0) index.extend(3);
        }
        while (index.left() > 0) index.extend(7);
        const at = pick % (events.length + 1);
        for (const { id, sockets, channels } of journal.engine.connections) {
          for (const { topic } of channels) {
            const key = { connection: id, topic };
            const naive = countNaively(events.slice(0, at), sockets, topic);
            expect(index.countAt(key, at)).toEqual(naive);
            expect(index.newestAt(key, at, 1)).toEqual(naive.last === null ? [] : [naive.last]);
          }
        }
      }),
      { seed: SEED, numRuns: lawRuns(200) },
    );
  });
});
