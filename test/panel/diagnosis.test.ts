import { describe, expect, it } from "vitest";
import type { CaptureView, ChannelView, ConnectionView, OverviewView } from "../../src/bridge/view";
import { diagnose, type Findings, STEPS, type Stop } from "../../src/panel/model/diagnosis";
import { ENVIRONMENT } from "../support/fake-host";
import { connection, overview, root } from "../support/panel-views";

const LOCAL = "http://localhost:4000/shop";
const AWAY = "https://shop.example.com:8443/cart";
const AWAY_SITE = "https://shop.example.com/*";

function found(over: Partial<Findings> & { readonly overview: OverviewView | null }): Findings {
  return { status: "attached", environment: ENVIRONMENT, url: LOCAL, ...over };
}

function captured(capture: Partial<CaptureView>, connections: readonly ConnectionView[] = []): OverviewView {
  const view = overview(connections);
  return { ...view, capture: { ...view.capture, ...capture } };
}

const UNSEEN = captured({ page: false, tap: "none" });
const channel = (state: ChannelView["state"], more: Partial<ChannelView> = {}): ChannelView => {
  return { topic: "room:lobby", state, kind: "plain", ...more };
};
const on = (...channels: readonly ChannelView[]): OverviewView => overview([connection(1, { channels })]);
const rooted = (...status: readonly ("mounting" | "refused")[]): OverviewView => {
  const roots = status.map((each) => root("c1", { status: each, version: 0 }));
  return overview([connection(1, { channels: [channel("joined")], roots })]);
};
const stopOf = (findings: Findings): Stop | null => diagnose(findings)?.stop ?? null;
/** What each step is, by its first letter, from permission to envelope: done, failed, waiting. */
const ladderOf = (findings: Findings): string | undefined =>
  diagnose(findings)
    ?.ladder.map(({ state }) => state[0])
    .join("");

describe("the diagnosis stops", () => {
  const endpoint = "ws://localhost:4000/socket/websocket";
  const stages: readonly (readonly [Stop, string, Findings])[] = [
    [{ kind: "connecting" }, "wwwwwww", found({ overview: null })],
    [{ kind: "connecting" }, "wwwwwww", found({ overview: UNSEEN, environment: null })],
    [{ kind: "orphaned" }, "wwwwwww", found({ overview: null, status: "orphaned" })],
    [
      { kind: "unwatchable", url: "chrome://version/" },
      "fwwwwww",
      found({ overview: UNSEEN, url: "chrome://version/" }),
    ],
    [{ kind: "not_allowed", site: AWAY_SITE }, "fwwwwww", found({ overview: UNSEEN, url: AWAY })],
    [
      { kind: "not_reported", site: AWAY_SITE },
      "dfwwwww",
      found({ overview: UNSEEN, url: AWAY, environment: { ...ENVIRONMENT, sites: [AWAY_SITE] } }),
    ],
    [{ kind: "not_reported", site: "http://localhost/*" }, "dfwwwww", found({ overview: UNSEEN })],
    [{ kind: "not_reported", site: null }, "dfwwwww", found({ overview: UNSEEN, url: null })],
    [{ kind: "no_tap" }, "dfwwwww", found({ overview: captured({ tap: "none" }) })],
    [
      { kind: "tap_off", reason: "TypeError: x is no function" },
      "dfwwwww",
      found({ overview: captured({ tap: "off", why: "TypeError: x is no function" }) }),
    ],
    [{ kind: "no_socket" }, "ddfwwww", found({ overview: overview([]) })],
    [{ kind: "other_sockets" }, "dddfwww", found({ overview: captured({ otherSockets: true }) })],
    [
      { kind: "connecting_socket", endpoint },
      "ddddfww",
      found({ overview: overview([connection(1, { status: "connecting" })]) }),
    ],
    [
      { kind: "closed_socket", endpoint },
      "ddddfww",
      found({ overview: overview([connection(1, { status: "reconnecting" })]) }),
    ],
    [{ kind: "no_channel" }, "ddddfww", found({ overview: on() })],
    [{ kind: "joining", topic: "room:lobby" }, "ddddfww", found({ overview: on(channel("joining")) })],
    [
      { kind: "channel_errored", topic: "room:lobby" },
      "ddddfww",
      found({ overview: on(channel("refused", { topic: "a" }), channel("errored")) }),
    ],
    [
      { kind: "channels_refused", topics: ["room:lobby", "admin"] },
      "ddddfww",
      found({ overview: on(channel("refused"), channel("refused", { topic: "admin" })) }),
    ],
    [{ kind: "plain_channels" }, "dddddfw", found({ overview: on(channel("refused"), channel("joined")) })],
    [
      { kind: "no_mount" },
      "dddddfw",
      found({ overview: on(channel("joined", { topic: "musubi:connection", kind: "connection" })) }),
    ],
    [{ kind: "roots_refused" }, "ddddddf", found({ overview: rooted("refused") })],
    [{ kind: "no_envelope" }, "ddddddf", found({ overview: rooted("refused", "mounting") })],
  ];

  it.each(stages)("at $kind: %s", (stop, ladder, findings) => {
    expect(stopOf(findings)).toEqual(stop);
    expect(ladderOf(findings)).toBe(ladder);
    expect(diagnose(findings)?.ladder.map(({ step }) => step)).toEqual(STEPS);
  });

  it("nowhere where a root has state", () => {
    const seen = overview([connection(1), connection(2, { roots: [root("c1")] })]);
    expect(diagnose(found({ overview: seen }))).toBeNull();
    expect(diagnose(found({ overview: seen, status: "orphaned" }))).toBeNull();
    expect(diagnose(found({ overview: captured({ tap: "off" }, seen.connections) }))).toBeNull();
  });

  it("nowhere in a session that is over: there is nothing to wait for", () => {
    const view = on(channel("closed"));
    expect(
      diagnose(found({ overview: { ...view, session: { ...view.session, isLive: false } } })),
    ).toBeNull();
  });
});

describe("the diagnosis", () => {
  it("goes by what was seen, not by who has reported", () => {
    const seen = captured({ page: false, tap: "none" }, [connection(1)]);
    expect(stopOf(found({ overview: seen, url: null }))).toEqual({ kind: "no_channel" });
  });

  it("says that the tap is off before anything that may follow from it, and keeps what was seen", () => {
    const seen = captured({ tap: "off" }, [connection(1, { channels: [channel("joined")] })]);
    expect(ladderOf(found({ overview: seen }))).toBe("dfdddww");
  });

  it("does not take an iframe, or the page before, for a page that is not allowed", () => {
    expect(stopOf(found({ overview: overview([]), url: AWAY }))).toEqual({
      kind: "not_allowed",
      site: AWAY_SITE,
    });
    expect(ladderOf(found({ overview: overview([]), url: AWAY }))).toBe("fwwwwww");
  });

  it.each(["about:blank", "blob:http://localhost:4000/1", "data:text/html,hi"])(
    "trusts what a document without an address of its own has reported: %s",
    (url) => {
      expect(stopOf(found({ overview: overview([]), url }))).toEqual({ kind: "no_socket" });
    },
  );
});
