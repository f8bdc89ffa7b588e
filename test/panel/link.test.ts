import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { RETRY_MS } from "../../src/panel/model/steady-port";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";

const OVERVIEW: Query = { kind: "overview" };

function problems(total: number): View {
  return { kind: "problems", from: 0, total, rows: [] };
}

function setUp(options: { readonly refusals?: number } = {}) {
  const clock = createClock();
  const end = new AbortController();
  let total = 0;
  let refusals = options.refusals ?? 0;
  const host = createFakeHost(() => problems(++total));
  const link = createLink({
    open() {
      if (refusals-- > 0) throw new Error("the extension is being updated");
      return host.open();
    },
    schedule: clock.schedule,
    delay: clock.delay,
    signal: end.signal,
  });
  return { clock, end, host, link };
}

describe("the link to the host", () => {
  it("asks nothing before the host has said that it is attached", () => {
    const { host, link } = setUp();
    link.watch(OVERVIEW, () => {});
    expect(host.watched()).toEqual([]);
    expect(link.status.value).toBe("connecting");
    host.attach();
    expect(host.watched()).toEqual([OVERVIEW]);
    expect(link.status.value).toBe("attached");
  });

  it("delivers only the newest view of a query, once a frame", () => {
    const { clock, host, link } = setUp();
    const totals: number[] = [];
    host.attach();
    link.watch(OVERVIEW, (view) => totals.push(view.kind === "problems" ? view.total : -1));
    host.update();
    host.update();
    expect(totals).toEqual([]);
    clock.frame();
    expect(totals).toEqual([3]);
    clock.frame();
    expect(totals).toEqual([3]);
  });

  it("delivers nothing after a watch has ended", () => {
    const { clock, host, link } = setUp();
    const views: View[] = [];
    host.attach();
    const stop = link.watch(OVERVIEW, (view) => views.push(view));
    stop();
    clock.frame();
    expect(views).toEqual([]);
    expect(host.watched()).toEqual([]);
  });

  it("asks everything again on the next port when the host was killed", () => {
    const { clock, host, link } = setUp();
    host.attach();
    link.watch(OVERVIEW, () => {});
    const stop = link.watch({ kind: "event", seq: 4 }, () => {});
    stop();
    host.kill();
    expect(link.status.value).toBe("reconnecting");
    clock.pass(RETRY_MS[0]);
    expect(host.opened()).toBe(2);
    host.attach();
    expect(host.watched()).toEqual([OVERVIEW]);
    expect(link.status.value).toBe("attached");
  });

  it("tries again, ever more slowly, while no port can be opened", () => {
    const { clock, host } = setUp({ refusals: 3 });
    expect(host.opened()).toBe(0);
    clock.pass(RETRY_MS[0]);
    clock.pass(RETRY_MS[1]);
    expect(host.opened()).toBe(0);
    clock.pass(RETRY_MS[2]);
    expect(host.opened()).toBe(1);
  });

  it("asks nothing while it is idle, and everything again after", () => {
    const { host, link } = setUp();
    host.attach();
    link.watch(OVERVIEW, () => {});
    link.setIdle(true);
    expect(host.watched()).toEqual([]);
    link.watch({ kind: "event", seq: 4 }, () => {});
    expect(host.watched()).toEqual([]);
    link.setIdle(false);
    expect(host.watched()).toEqual([OVERVIEW, { kind: "event", seq: 4 }]);
  });

  it("opens no port any more once it has ended", () => {
    const { clock, end, host } = setUp();
    host.attach();
    end.abort();
    host.kill();
    clock.pass(10_000);
    expect(host.opened()).toBe(1);
  });
});
