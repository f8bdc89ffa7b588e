import { afterEach, expect, it } from "vitest";
import { route } from "../../../src/server/phoenix/route";
import type { JsonObject } from "../../../src/wire/json";
import { describeShared, readRecording } from "../../support/shared";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { recordedRoom } from "./recorded-room";

let server: TestServer;

afterEach(() => server.close());

type Recorded = JsonObject & { readonly socket: number };

/** Musubi's part, presence, and what came by a clock or from other code of the recorded server. */
const SKIPPED = /musubi:|presence_|slowjoin|room:noreply|announce/;
const SKIPPED_EVENTS: readonly unknown[] = ["status", "untrack", "late"];

/** What went over the sockets of a recording, without what is skipped and the replies to that. */
function eventsOf(name: string): readonly Recorded[] {
  const lines = readRecording(name).trim().split("\n").slice(1);
  const events = lines.filter((line) => !SKIPPED.test(line)).map((line): Recorded => JSON.parse(line));
  const skipped = new Set<string>();
  return events.filter((recorded) => {
    const [, ref, , event] =
      typeof recorded.text === "string" ? Object.values(JSON.parse(recorded.text)) : [];
    const pair = `${recorded.socket} ${String(ref)}`;
    if (recorded.type === "out" && SKIPPED_EVENTS.includes(event)) skipped.add(pair);
    return !skipped.has(pair);
  });
}

/** Frames as what they say: key order means nothing, and the recorded server told the time. */
function meaning(frame: unknown): unknown {
  return JSON.parse(JSON.stringify(frame), (key, value) => (key === "at" ? 0 : value));
}

/** Sends what the recorded clients sent; what comes back has to be what they got, for each in its order. */
async function replay(name: string): Promise<number> {
  const clients = new Map<number, RawClient>();
  let compared = 0;
  for (const event of eventsOf(name)) {
    if (event.type === "socket") {
      const query = String(event.url).replace(/^[^?]*/, "");
      clients.set(event.socket, await connectRaw(server.url, query));
    }
    const client = clients.get(event.socket);
    if (client === undefined) throw new Error(`The recording ${name} has no socket ${event.socket}.`);
    if (event.type === "out") {
      if (typeof event.text === "string") client.send(event.text);
      else client.sendBytes(Buffer.from(String(event.base64), "base64"));
    } else if (event.type === "in") {
      if (typeof event.text === "string") {
        expect(meaning(JSON.parse(await client.next()))).toEqual(meaning(JSON.parse(event.text)));
      } else {
        expect(Buffer.from(await client.nextBytes()).toString("base64")).toBe(event.base64);
      }
      compared += 1;
    }
  }
  return compared;
}

describeShared("the frames of a real server", () => {
  it.each([
    ["v1-serializer", 20],
    ["binary", 20],
    ["heartbeats", 15],
    ["plain-presence", 30],
  ])("in %s are what this one sends", async (name, atLeast) => {
    server = await startServer({ routes: [route("room:*", recordedRoom)] });
    expect(await replay(name)).toBeGreaterThanOrEqual(atLeast);
    expect(server.log.filter((line) => !/knows no|the join raises/.test(line))).toEqual([]);
  });
});
