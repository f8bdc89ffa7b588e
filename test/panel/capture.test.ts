import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { OverviewView } from "../../src/bridge/view";
import { createCapture } from "../../src/panel/model/capture";
import { createLink } from "../../src/panel/model/link";
import type { PageAccess } from "../../src/panel/model/page-access";
import { RETRY_MS } from "../../src/panel/model/steady-port";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { overview } from "../support/panel-views";

const SITE = "https://example.com/*";
const LIVE = overview([], "2");
const PAST: OverviewView = {
  ...overview([], "1"),
  session: { ...overview([], "1").session, isLive: false },
};

function setUp(request: PageAccess["request"] = null) {
  const clock = createClock();
  const view = signal<OverviewView | null>(null);
  const asked: (string | null)[] = [];
  const host = createFakeHost((_, session) => {
    asked.push(session);
    return null;
  });
  const { signal: lifetime } = new AbortController();
  const link = createLink({
    ...{ open: host.open, schedule: clock.schedule, delay: clock.delay, signal: lifetime },
  });
  const access: PageAccess = { url: signal(null), request, reload: () => {} };
  const capture = createCapture(link, view, access, lifetime);
  link.watch({ kind: "overview" }, () => {});
  host.attach();
  return {
    ...{ capture, host, view },
    /** The session that the last query was about. */
    shown: () => asked.at(-1),
    sent: (kind: string) => host.received.filter((message) => message.kind === kind),
    comeBack() {
      host.kill();
      clock.pass(RETRY_MS[0]);
      host.attach();
    },
    kill: host.kill,
    reconnect() {
      clock.pass(RETRY_MS[0]);
      host.attach();
    },
  };
}

describe("the settings", () => {
  it("are the background's, and change one at a time", () => {
    const { capture } = setUp();
    const before = capture.environment.value?.settings;
    capture.configure({ preserveLog: true });
    expect(capture.environment.value?.settings).toEqual({ ...before, preserveLog: true });
    capture.configure({ maxJournalBytes: 128 * 1024 * 1024 });
    expect(capture.environment.value?.settings).toEqual({
      preserveLog: true,
      maxJournalBytes: 128 * 1024 * 1024,
    });
  });

  it("show what was chosen at once, and reach a background that is being started again", () => {
    const { capture, kill, reconnect, sent } = setUp();
    kill();
    capture.configure({ preserveLog: true });
    expect(capture.environment.value?.settings.preserveLog).toBe(true);
    reconnect();
    expect(sent("configure")).toHaveLength(1);
    expect(capture.environment.value?.settings.preserveLog).toBe(true);
  });
});

describe("a site", () => {
  it("is asked for over the panel, inside the click", () => {
    const asked: string[] = [];
    const { capture, sent } = setUp(async (site) => asked.push(site));
    expect(capture.asksHere).toBe(true);
    capture.allow(SITE);
    expect(asked).toEqual([SITE]);
    expect(sent("allow")).toEqual([]);
  });

  it("is asked for by the background where the panel cannot", () => {
    const { capture, sent } = setUp();
    expect(capture.asksHere).toBe(false);
    capture.allow(SITE);
    expect(sent("allow")).toEqual([{ kind: "allow", site: SITE }]);
  });

  it("is asked for by the background where the browser refuses to ask", async () => {
    const { capture, sent } = setUp(() => Promise.reject(new Error("no user gesture")));
    capture.allow(SITE);
    await expect.poll(() => sent("allow")).toEqual([{ kind: "allow", site: SITE }]);
  });

  it("is taken back", () => {
    const { capture } = setUp();
    capture.allow(SITE);
    expect(capture.environment.value?.sites).toEqual([SITE]);
    capture.revoke(SITE);
    expect(capture.environment.value?.sites).toEqual([]);
  });
});

describe("a past session", () => {
  it("is what queries are about, also after the background was killed, until the live one is chosen", () => {
    const { capture, comeBack, shown, view } = setUp();
    expect(shown()).toBeNull();
    view.value = LIVE;
    capture.show("1");
    expect(shown()).toBe("1");
    view.value = PAST;
    comeBack();
    expect(shown()).toBe("1");
    capture.show(null);
    expect(shown()).toBeNull();
    comeBack();
    expect(shown()).toBeNull();
  });

  it("is not given up for a view of the live one that was on its way", () => {
    const { capture, shown, view } = setUp();
    view.value = LIVE;
    capture.show("1");
    view.value = { ...LIVE };
    expect(shown()).toBe("1");
  });

  it("is forgotten when the host has let it go, or its page goes on: what is live is followed then", () => {
    const { capture, sent, view } = setUp();
    view.value = LIVE;
    capture.show("1");
    view.value = PAST;
    view.value = { ...LIVE };
    expect(sent("show").at(-1)).toEqual({ kind: "show", session: null });
  });
});
