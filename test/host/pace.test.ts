import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import { createHost } from "../../src/host/host";
import { ACK_MS } from "../../src/host/pages";
import { UPDATE_MS } from "../../src/host/panels";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

describe("a host whose views cost much", () => {
  it("rests between updates in proportion to what they cost", () => {
    const { host, delays, elapse } = openCostly(100);
    const status = { tap: "active", why: null, otherSockets: false, title: "" };
    const [page, hostsPage] = createPortPair();
    const [panel, hostsPanel] = createPortPair();
    host.connectPage(hostsPage, null);
    host.connectPanel(hostsPanel);
    panel.post({ kind: "watch", id: 1, query: { kind: "overview" } });
    page.post({ kind: "hello", document: "d1", url: "http://localhost/", status });
    elapse();
    page.post({ kind: "events", first: 1, events: [createPageEvents().socket()] });

    expect(delays).toEqual([UPDATE_MS, ACK_MS, 300]);
  });
});

/** A host whose every update takes `ms`. */
function openCostly(ms: number) {
  const delays: number[] = [];
  let due: (() => void)[] = [];
  let time = 0;
  const host = createHost({
    schedule(run, delay) {
      delays.push(delay);
      due.push(run);
    },
    now() {
      time += ms;
      return time;
    },
    store: null,
    settings: DEFAULT_SETTINGS,
  });
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
