import { describe, expect, it } from "vitest";
import { createPanels } from "../../src/background/panels";
import { DEFAULT_SETTINGS, type Settings } from "../../src/bridge/settings";
import { createPortPair } from "../support/port-pair";

const SITE = "https://example.com/*";

describe("the panels of all tabs", () => {
  it("are told what surrounds the sessions once they are attached, and on each change", () => {
    const { join, environment, panels } = open();
    const { host, heard } = join(1, false);
    expect(heard).toEqual([]);

    host.post({ kind: "attached" });
    expect(heard).toEqual([
      { kind: "attached" },
      {
        kind: "environment",
        environment: { settings: DEFAULT_SETTINGS, sites: [], unrevoked: [], isPrivate: false },
      },
    ]);

    environment.sites = [SITE];
    panels.announce();
    expect(heard.at(-1)).toMatchObject({ environment: { sites: [SITE] } });
  });

  it("are told of a change no earlier than that they are attached", () => {
    const { join, panels } = open();
    const { heard } = join(1, false);
    panels.announce();
    expect(heard).toEqual([]);
  });

  it("are told whether their own tab is private", () => {
    const { join } = open();
    const ordinary = join(1, false);
    const secret = join(2, true);
    for (const { host } of [ordinary, secret]) host.post({ kind: "attached" });
    expect(ordinary.heard.at(-1)).toMatchObject({ environment: { isPrivate: false } });
    expect(secret.heard.at(-1)).toMatchObject({ environment: { isPrivate: true } });
  });

  it("order what the background does, each for its tab", () => {
    const { join, orders } = open();
    const settings: Settings = { ...DEFAULT_SETTINGS, preserveLog: true };
    join(1, false).panel.post({ kind: "configure", settings });
    join(7, false).panel.post({ kind: "allow", site: SITE });
    join(1, false).panel.post({ kind: "revoke", site: SITE });
    expect(orders).toEqual([
      ["configure", settings],
      ["allow", SITE, 7],
      ["revoke", SITE],
    ]);
  });

  it("cannot order what is none of it", () => {
    const { join, orders } = open();
    const { panel } = join(1, false);
    for (const message of [null, "allow", { kind: "configure", settings: {} }, { kind: "allow", site: "x" }])
      panel.post(message);
    expect(orders).toEqual([]);
  });

  it("leave everything else between the panel and its host", () => {
    const { join } = open();
    const { host, panel, heard } = join(1, false);
    const asked: unknown[] = [];
    host.onMessage((message) => asked.push(message));
    panel.post({ kind: "watch", id: 1, query: { kind: "overview" } });
    host.post({ kind: "view", id: 1, view: {} });
    expect(asked).toEqual([{ kind: "watch", id: 1, query: { kind: "overview" } }]);
    expect(heard).toEqual([{ kind: "view", id: 1, view: {} }]);
  });

  it("are forgotten when they close", () => {
    const { join, panels } = open();
    const { host, panel, heard } = join(1, false);
    host.post({ kind: "attached" });
    panel.close();
    const before = heard.length;
    panels.announce();
    expect(heard).toHaveLength(before);
  });

  it("are not remembered when they close before they are attached", () => {
    const { panels } = open();
    const [background, panel] = createPortPair();
    const posts: unknown[] = [];
    const host = panels.join({ ...background, post: (message) => posts.push(message) }, 1, false);
    panel.close();
    host.post({ kind: "attached" });
    panels.announce();
    expect(posts).toEqual([{ kind: "attached" }]);
  });
});

function open() {
  const environment: { settings: Settings; sites: string[]; unrevoked: string[] } = {
    settings: DEFAULT_SETTINGS,
    sites: [],
    unrevoked: [],
  };
  const orders: unknown[][] = [];
  const panels = createPanels(() => environment, {
    configure: (settings) => orders.push(["configure", settings]),
    allow: (site, tab) => orders.push(["allow", site, tab]),
    revoke: (site) => orders.push(["revoke", site]),
  });
  return {
    environment,
    orders,
    panels,
    /** A panel's own end, the end that its host is given, and what the panel hears. */
    join(tab: number, isPrivate: boolean) {
      const [background, panel] = createPortPair();
      const heard: unknown[] = [];
      panel.onMessage((message) => heard.push(message));
      return { host: panels.join(background, tab, isPrivate), panel, heard };
    },
  };
}
