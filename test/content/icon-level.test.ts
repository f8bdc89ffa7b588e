import { describe, expect, it } from "vitest";
import type { PageEvent } from "../../src/bridge/page-event";
import { createIconGauge, MAX_LOOKED_FRAMES } from "../../src/content/icon-level";
import { createPageEvents } from "../support/page-events";

const events = createPageEvents();

function levelAfter(...seen: readonly PageEvent[]): string {
  const gauge = createIconGauge();
  for (const event of seen) gauge.note(event);
  return gauge.level("active");
}

describe("the level of the toolbar's icon", () => {
  it("is none without a tap, and with one that is off", () => {
    const gauge = createIconGauge();
    gauge.note(events.socket());
    expect([gauge.level("none"), gauge.level("active"), gauge.level("off")]).toEqual([
      "none",
      "phoenix",
      "none",
    ]);
  });

  it.each([
    ["a tap that has seen nothing", [], "waiting"],
    ["a socket", [events.socket()], "phoenix"],
    ["a join of another topic", [events.socket(), events.out('["3","3","room:1","phx_join",{}]')], "phoenix"],
    ["a join of a Musubi topic", [events.out('["3","3","musubi:connection","phx_join",{}]')], "musubi"],
    [
      "one of the first serializer",
      [events.out('{"topic":"musubi:connection:Cart:c1","event":"phx_join","payload":{},"ref":"3"}')],
      "musubi",
    ],
    [
      "an envelope",
      [events.in('["3",null,"shop","patch",{"base_version":0,"ops":[],"type":"patch","version":1}]')],
      "musubi",
    ],
    ["a message that speaks of it", [events.in('["3",null,"room:1","news",{"text":"musubi"}]')], "waiting"],
    ["a binary frame", [events.out(new ArrayBuffer(8))], "waiting"],
  ] as const)("after %s", (_, seen, level) => {
    expect(levelAfter(...seen)).toBe(level);
  });

  it("never falls again", () => {
    const join = events.out('["3","3","musubi:connection","phx_join",{}]');
    expect(levelAfter(join, events.socket(), events.close())).toBe("musubi");
  });

  it("looks at the first frames only", () => {
    const note = events.out('["3","4","room:1","note",{}]');
    const join = events.out('["3","3","musubi:connection","phx_join",{}]');
    const before = Array.from({ length: MAX_LOOKED_FRAMES - 1 }, () => note);
    expect([levelAfter(...before, join), levelAfter(...before, note, join)]).toEqual(["musubi", "waiting"]);
  });
});
