import { describe, expect, it } from "vitest";
import type { OverviewView } from "../../src/bridge/view";
import { findBars } from "../../src/panel/model/bars";
import { diagnose, type Findings } from "../../src/panel/model/diagnosis";
import { ENVIRONMENT } from "../support/fake-host";
import { connection, overview, root } from "../support/panel-views";

const SHOP = overview([connection(1, { roots: [root("c1")] })]);
const HOME = "http://localhost:4000/";
const off = (view: OverviewView): OverviewView => ({
  ...view,
  capture: { ...view.capture, tap: "off", why: "TypeError: x" },
});

function barsOf(over: Partial<Findings>, isRefused = false): ReturnType<typeof findBars> {
  const findings: Findings = {
    ...{ status: "attached", overview: SHOP, environment: ENVIRONMENT, url: "http://localhost:4000/" },
    ...over,
  };
  return findBars(findings, diagnose(findings), isRefused);
}

describe("the bars", () => {
  it("are none where nothing is the matter, and before anything is known", () => {
    expect(barsOf({})).toEqual([]);
    expect(barsOf({ overview: null, status: "orphaned" })).toEqual([]);
  });

  it("say that the extension was reloaded, where the diagnosis does not", () => {
    expect(barsOf({ status: "orphaned" })).toEqual([{ kind: "orphaned" }]);
    expect(barsOf({ status: "orphaned", overview: overview([]) })).toEqual([]);
  });

  it("say that the tap is off, where the diagnosis does not", () => {
    expect(barsOf({ overview: off(SHOP) })).toEqual([{ kind: "tap_off", reason: "TypeError: x" }]);
    expect(barsOf({ overview: off(overview([])) })).toEqual([]);
  });

  it("mark a session that is over, by its title, else its address, and say nothing of the page that is there now", () => {
    const session = { ...SHOP.session, isLive: false, title: "Log in", url: "http://localhost:4000/login" };
    const past = off({ ...SHOP, session });
    expect(barsOf({ overview: past, url: "chrome://version/" })).toEqual([{ kind: "past", name: "Log in" }]);
    expect(barsOf({ overview: { ...SHOP, session: { ...session, title: "" } } })).toEqual([
      { kind: "past", name: "http://localhost:4000/login" },
    ]);
  });

  it("say that the tab is on a page that is not watched while another's content is shown", () => {
    const url = "https://example.com/a";
    const site = "https://example.com/*";
    const allowed = { ...ENVIRONMENT, sites: [site] };
    const left = {
      ...SHOP,
      capture: { ...SHOP.capture, page: false },
      session: { ...SHOP.session, url: HOME },
    };
    expect(barsOf({ url })).toEqual([{ kind: "elsewhere", url, remedy: { kind: "allow", site } }]);
    expect(barsOf({ url: "chrome://version/" })).toEqual([
      { kind: "elsewhere", url: "chrome://version/", remedy: null },
    ]);
    expect(barsOf({ url: "about:blank", overview: left })).toEqual([
      { kind: "elsewhere", url: "about:blank", remedy: null },
    ]);
    expect(barsOf({ url, overview: left, environment: allowed })).toEqual([
      { kind: "elsewhere", url, remedy: { kind: "reload" } },
    ]);
  });

  it("do not take a page for another that may be the one that is shown", () => {
    const url = "https://example.com/a";
    const allowed = { ...ENVIRONMENT, sites: ["https://example.com/*"] };
    const silent = {
      ...SHOP,
      capture: { ...SHOP.capture, page: false },
      session: { ...SHOP.session, url: HOME },
    };
    expect(barsOf({ overview: silent, url: "http://localhost:4000/other" })).toEqual([]);
    expect(barsOf({ url, environment: allowed })).toEqual([]);
    expect(barsOf({ url, overview: overview([]) })).toEqual([]);
    expect(barsOf({ url: "about:blank" })).toEqual([]);
    expect(barsOf({ url: null, overview: silent })).toEqual([]);
  });

  it("say that something stays unanswered", () => {
    expect(barsOf({}, true)).toEqual([{ kind: "refused" }]);
  });

  it("hand on why the session is not written to disk", () => {
    const storage = "The disk is full.";
    const view = { ...SHOP, capture: { ...SHOP.capture, storage } };
    expect(barsOf({ overview: view })).toEqual([{ kind: "storage", sentence: storage }]);
  });
});
