import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { OverviewView, RowFilter } from "../../src/bridge/view";
import { groupActions } from "../../src/panel/model/action-group";
import type { Action } from "../../src/panel/model/actions";
import { parseKeys } from "../../src/panel/model/keys";
import { createPassingMemory } from "../../src/panel/model/memory";
import { createPanel } from "../../src/panel/model/panel";
import { panelActions } from "../../src/panel/model/panel-actions";
import { createPanes } from "../../src/panel/model/panes";
import { VIEWS } from "../../src/panel/model/view-name";
import { createFakeHost, ENVIRONMENT } from "../support/fake-host";
import { overview } from "../support/panel-views";

const PAST = { id: "0", events: 8, url: null, title: null };

function setUp({ isLive = true, past = null as OverviewView["past"] } = {}) {
  const panes = createPanes(createPassingMemory(), new AbortController().signal);
  const filter = signal<RowFilter>({ text: "", heartbeats: false });
  const environment = signal(ENVIRONMENT);
  const told: unknown[] = [];
  const seen = overview([]);
  const actions = panelActions({
    ...{ panes, overview: signal({ ...seen, past, session: { ...seen.session, isLive } }) },
    palette: { toggle: (overlay) => told.push(overlay) },
    capture: {
      ...{ environment, reload: () => told.push("reload") },
      configure: (change) => told.push(change),
      show: (session) => told.push({ show: session }),
    },
    frames: {
      ...{ filter, following: signal(true), follow: (on) => told.push({ follow: on }) },
      setFilter: (next) => {
        filter.value = next;
      },
    },
  });
  const find = (id: string) => {
    const action = actions.find((one) => one.id === id);
    if (action === undefined) throw new Error(`There is no action ${id}.`);
    return action;
  };
  return { actions, find, told, panes, filter };
}

/** Every action of the whole panel, whichever model has added it. */
function allActions(): readonly Action[] {
  const host = createFakeHost(() => null);
  const { signal: lifetime } = new AbortController();
  const access = { url: signal(null), request: null, reload: () => undefined };
  return createPanel({ open: host.open, access, signal: lifetime }).actions.all.value;
}

describe("the actions of the panel", () => {
  it("have ids of their own, and keys that no other has or begins with", () => {
    const actions = allActions();
    expect(new Set(actions.map(({ id }) => id)).size).toBe(actions.length);
    const keys = actions.flatMap((action) => action.keys.map((way) => parseKeys(way).join(" ")));
    expect(keys.length).toBeGreaterThan(VIEWS.length);
    expect(keys.filter((one, at) => keys.indexOf(one) !== at)).toEqual([]);
    expect(keys.filter((one) => keys.some((other) => other.startsWith(`${one} `)))).toEqual([]);
  });

  it("lead to each view, by keys of its own", () => {
    const { find, panes } = setUp();
    for (const name of VIEWS) {
      find(`view.${name}`).run();
      expect(panes.main.value).toBe(name);
      expect(find(`view.${name}`).keys).toHaveLength(2);
    }
  });

  it("show a second view, and change the places of the two", () => {
    const { find, panes } = setUp();
    expect(find("view.swap").isPossible()).toBe(false);
    find("view.split").run();
    const [main, second] = [panes.main.value, panes.second.value];
    find("view.swap").run();
    expect([panes.main.value, panes.second.value]).toEqual([second, main]);
  });

  it("turn what is kept on and off", () => {
    const { find, told, filter } = setUp();
    find("session.preserve").run();
    expect(told).toEqual([{ preserveLog: !DEFAULT_SETTINGS.preserveLog }]);
    find("frames.heartbeats").run();
    expect(filter.value.heartbeats).toBe(true);
    expect(find("frames.follow").isPossible()).toBe(false);
  });

  it("lead to the page before, and back from it, where there is one", () => {
    expect(setUp().find("session.previous").isPossible()).toBe(false);
    const live = setUp({ past: PAST });
    expect(live.find("session.live").isPossible()).toBe(false);
    live.find("session.previous").run();
    expect(live.told).toEqual([{ show: "0" }]);
    const past = setUp({ isLive: false, past: PAST });
    expect(past.find("session.previous").isPossible()).toBe(false);
    past.find("session.live").run();
    expect(past.told).toEqual([{ show: null }]);
  });

  it("stand together by what they are about, all of them", () => {
    const { actions } = setUp();
    const other = { ...actions[0], id: "nobody.knows", label: () => "", keys: [] };
    const all = [...actions, { isPossible: () => true, run: () => undefined, ...other }];
    const groups = groupActions(all);
    expect(groups.flatMap((group) => group.actions)).toHaveLength(all.length);
    expect(groups[0]?.actions.map(({ id }) => id)).toEqual(
      [...VIEWS, "split", "swap"].map((name) => `view.${name}`),
    );
    expect(groups.at(-1)?.actions).toMatchObject([{ id: "nobody.knows" }]);
  });
});
