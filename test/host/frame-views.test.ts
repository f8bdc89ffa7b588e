import { describe, expect, it } from "vitest";
import { viewEvent } from "../../src/host/event-view";
import { viewRows } from "../../src/host/rows-view";
import type { SessionEvent } from "../../src/session/event";
import { incoming, open, out, socket } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const CHUNK: SessionEvent = { type: "out", t: 0, socket: 1, base64: "AAEBAQFhYnQx/w==" };
const EVENTS = [
  ...[socket(1), open(1), out(1, "3", "3", "room:1", "phx_join", {})],
  ...[incoming(1, null, null, "room:1", "news", {}), CHUNK, out(1, null, "4", "phoenix", "heartbeat", {})],
];

function rows(filter: { readonly only?: "frames" | "in" | "out"; readonly heartbeats?: boolean }) {
  const { recording } = createLifeScene(EVENTS).scene();
  const query = { kind: "rows", from: 0, count: 10 } as const;
  const view = viewRows(recording, { ...query, filter: { text: "", heartbeats: true, ...filter } });
  return view.rows.map(({ seq }) => seq);
}

describe("the list of events", () => {
  it("may be of frames only, or of those of one direction", () => {
    expect(rows({})).toEqual([1, 2, 3, 4, 5, 6]);
    expect(rows({ only: "frames" })).toEqual([3, 4, 5, 6]);
    expect(rows({ only: "out" })).toEqual([3, 5, 6]);
    expect(rows({ only: "in" })).toEqual([4]);
    expect(rows({ only: "out", heartbeats: false })).toEqual([3, 5]);
  });
});

describe("one event", () => {
  it("says how its raw text is to be read", () => {
    const { journal } = createLifeScene(EVENTS).scene().recording;
    const read = (seq: number) => {
      const { encoding, raw } = viewEvent(journal, seq, () => null);
      return [encoding, raw.slice(0, 4)];
    };
    expect([1, 3, 5].map(read)).toEqual([
      ["json", '{"ty'],
      ["text", '["3"'],
      ["base64", "AAEB"],
    ]);
  });
});
