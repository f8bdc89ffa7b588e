import { describe, expect, it } from "vitest";
import { createHost, UPDATE_MS } from "../../src/host/host";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

describe("a host whose views cost much", () => {
  it("rests between updates in proportion to what they cost", () => {
    const { host, delays, elapse } = openCostly(100);
    const [page, hostsPage] = createPortPair();
    const [panel, hostsPanel] = createPortPair();
    host.connectPage(hostsPage, null);
    host.connectPanel(hostsPanel);
    panel.post({ kind: "watch", id: 1, query: { kind: "overview" } });
    page.post({ kind: "hello", document: "d1", url: "http://localhost/", tap: true });
    elapse();
    page.post({ kind: "events", first: 1, events: [createPageEvents().socket()] });

    expect(delays).toEqual([UPDATE_MS, 300]);
  });
});

/** A host whose every update takes `ms`. */
function openCostly(ms: number) {
  const delays: number[] = [];
  let due: (() => void)[] = [];
  let time = 0;
  const host = createHost(
    (run, delay) => {
      delays.push(delay);
      due.push(run);
    },
    () => {
      time += ms;
      return time;
    },
  );
  return {
    host,
    delays,
    elapse() {
      const now = due;
      due = [];
      for (const run of now) run();
    },
  };
}
