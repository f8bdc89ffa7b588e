import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createLink } from "../../src/panel/model/link";
import { RETRY_MS } from "../../src/panel/model/steady-port";
import { createClock } from "../support/clock";
import { createFakeHost, ENVIRONMENT } from "../support/fake-host";

const OVERVIEW: Query = { kind: "overview" };

function problems(total: number): View {
  return { kind: "problems", from: 0, total, rows: [] };
}

function setUp(options: { readonly refusals?: number; readonly isOrphaned?: boolean } = {}) {
  const clock = createClock();
  const end = new AbortController();
  let total = 0;
  let refusals = options.refusals ?? 0;
  let { isOrphaned = false } = options;
  const host = createFakeHost(() => problems(++total));
  const link = createLink({
    open() {
      if (isOrphaned) return null;
      if (refusals-- > 0) throw new Error("the extension is being updated");
      return host.open();
    },
    schedule: clock.schedule,
    delay: clock.delay,
    signal: end.signal,
  });
  return {
    ...{ clock, end, host, link },
    /** The extension is reloaded: its ports close, and no new one can be opened. */
    orphan() {
      isOrphaned = true;
      host.kill();
    },
  };
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

  it("stops trying once the extension was reloaded, and keeps what it has", () => {
    const { clock, host, link, orphan } = setUp();
    const views: View[] = [];
    host.attach();
    link.watch(OVERVIEW, (view) => views.push(view));
    clock.frame();
    orphan();
    clock.pass(RETRY_MS[0]);
    expect(link.status.value).toBe("orphaned");
    clock.pass(60_000);
    expect(host.opened()).toBe(1);
    expect(views).toHaveLength(1);
  });

  it("is orphaned from the start where no port can ever be opened", () => {
    const { host, link } = setUp({ isOrphaned: true });
    expect(link.status.value).toBe("orphaned");
    expect(host.opened()).toBe(0);
  });

  it("knows what surrounds it once the background has told", () => {
    const { host, link } = setUp();
    expect(link.environment.value).toBeNull();
    host.attach();
    expect(link.environment.value).toEqual(ENVIRONMENT);
    host.kill();
    expect(link.environment.value).toEqual(ENVIRONMENT);
  });

  it("chooses the session before it asks anything about it", () => {
    const { clock, host, link } = setUp();
    link.watch(OVERVIEW, () => {});
    link.show("7");
    host.attach();
    host.kill();
    clock.pass(RETRY_MS[0]);
    host.attach();
    expect(host.received).toEqual([
      { kind: "show", session: "7" },
      { kind: "watch", id: 1, query: OVERVIEW },
    ]);
  });

  it("keeps the newest wishes while nobody listens, in their order", () => {
    const { host, link } = setUp();
    for (let at = 1; at <= 30; at++) link.say({ kind: "revoke", site: `https://s${at}.example/*` });
    host.attach();
    expect(host.received.map((message) => ("site" in message ? message.site : ""))).toEqual(
      Array.from({ length: 20 }, (_, index) => `https://s${index + 11}.example/*`),
    );
    link.say({ kind: "revoke", site: "https://last.example/*" });
    expect(host.received).toHaveLength(21);
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

  it("says that something is refused, and asks for it again when there is room", () => {
    const { host, link } = setUp();
    const other: Query = { kind: "event", seq: 1 };
    host.setRoom(1);
    host.attach();
    const stop = link.watch(OVERVIEW, () => {});
    const stopOther = link.watch(other, () => {});
    expect([host.watched(), link.isRefused.value]).toEqual([[OVERVIEW], true]);
    stop();
    expect([host.watched(), link.isRefused.value]).toEqual([[other], false]);
    stopOther();
    expect([host.watched(), link.isRefused.value]).toEqual([[], false]);
  });

  it("forgets what was refused when nobody wants it any more, or another host answers", () => {
    const { clock, host, link } = setUp();
    host.setRoom(1);
    host.attach();
    link.watch(OVERVIEW, () => {});
    const stop = link.watch({ kind: "event", seq: 1 }, () => {});
    stop();
    expect([host.watched(), link.isRefused.value]).toEqual([[OVERVIEW], false]);
    link.watch({ kind: "event", seq: 2 }, () => {});
    expect(link.isRefused.value).toBe(true);
    host.kill();
    host.setRoom(2);
    clock.pass(RETRY_MS[0]);
    host.attach();
    expect([host.watched().length, link.isRefused.value]).toEqual([2, false]);
  });
});
