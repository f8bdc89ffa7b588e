import { expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { inspected } from "../support/folding";
import { incoming, open, out, socket } from "../support/frames";
import { describeShared, type Fixture, fixtureNames, readFixture } from "../support/shared";

/** The fixture's frames with the topics and refs that their capture left out: one root on its own channel. */
function toEvents({ frames }: Fixture): readonly SessionEvent[] {
  const { module, id } = frames[0]?.payload ?? {};
  const topic = `musubi:connection:${String(module)}:${String(id)}`;
  const awaiting: string[] = [];
  let refs = 0;
  const events = frames.map(({ dir, event, payload }) => {
    const body: Json = JSON.parse(JSON.stringify(payload));
    if (dir === "out") {
      const ref = String(++refs);
      awaiting.push(ref);
      return out(1, "1", ref, topic, event, body);
    }
    return incoming(1, "1", event === "phx_reply" ? (awaiting.shift() ?? null) : null, topic, event, body);
  });
  return [socket(1), open(1), ...events];
}

/** What the streams hold in the end (wire.md 15). */
const STREAMS: Readonly<Record<string, readonly string[]>> = {
  stream_reset: ["1", "2", "3"],
  stream_insert: ["0", "1", "2", "9"],
  stream_delete: ["1", "3"],
  stream_at_variants: ["7", "2", "1", "3"],
};

describeShared("fixtures of a newer server", () => {
  it.each(fixtureNames())("%s: the state that the server had", (name) => {
    const fixture = readFixture(name);
    const document = inspected(toEvents(fixture));
    const [root] = document.connections[0]?.roots ?? [];
    expect(root?.state ?? null).toEqual(fixture.expected_state);
    expect(document.problems).toEqual([]);
    expect(root?.status).toBe(fixture.expected_state === null ? "refused" : "mounted");
    const ids = STREAMS[name];
    if (ids !== undefined) expect(streamIds(root?.snapshot ?? null)).toEqual(ids);
  });
});

/** The ids of the items in the only stream of a snapshot. */
function streamIds(snapshot: Json): readonly unknown[] {
  const items = Object.values(Object(snapshot)).find((value) => Array.isArray(value) && value.length > 0);
  return Array.isArray(items) ? items.map((item) => Reflect.get(Object(item), "id")) : [];
}
