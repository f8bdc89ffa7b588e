import { computed, type ReadonlySignal } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import { type Actions, createActions } from "./actions";
import { type Bar, findBars } from "./bars";
import { type Capture, createCapture } from "./capture";
import { type Channels, createChannels } from "./channels";
import { type Compare, createCompare } from "./compare";
import { type ConnectionLife, createConnectionLife } from "./connection-life";
import type { Deps } from "./deps";
import { type Diagnosis, diagnose } from "./diagnosis";
import { createFrames, type Frames } from "./frames";
import { createLink, type LinkStatus } from "./link";
import { createPassingMemory, type Memory } from "./memory";
import { createMoment, type MomentModel } from "./moment";
import type { PageAccess } from "./page-access";
import { createPalette, type Palette } from "./palette";
import { panelActions } from "./panel-actions";
import { createPanes, type Panes } from "./panes";
import type { Place } from "./place";
import { createProblems, type Problems } from "./problems";
import { type Delay, delay, nextFrame, type Schedule } from "./schedule";
import { keepHeartbeats } from "./settings-kept";
import type { OpenPort } from "./steady-port";
import { createStoreTabs, type StoreTabs } from "./store-tabs";
import { createStores, type Stores } from "./stores";
import { createTimeline, type Timeline } from "./timeline";
import type { ViewName } from "./view-name";
import { createWatch } from "./watch";

/** Everything that the panel shows, without a document: what `App` renders. */
export type Panel = {
  readonly status: ReadonlySignal<LinkStatus>;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly diagnosis: ReadonlySignal<Diagnosis | null>;
  readonly bars: ReadonlySignal<readonly Bar[]>;
  readonly panes: Panes;
  readonly moment: MomentModel;
  readonly memory: Memory;
  readonly actions: Actions;
  readonly timeline: Timeline;
  readonly compare: Compare;
  readonly channels: Channels;
  readonly connectionLife: ConnectionLife;
  readonly palette: Palette;
  /** Shows a place in the view that it belongs to. */
  readonly goTo: (place: Place) => void;
  readonly stores: Stores;
  readonly storeTabs: StoreTabs;
  readonly frames: Frames;
  readonly problems: Problems;
  readonly capture: Capture;
  /** Shows the event `seq` in the list of frames. */
  readonly showFrame: (seq: number) => void;
  /** A panel that nobody sees asks its host for nothing. */
  readonly setIdle: (idle: boolean) => void;
};

export type PanelOptions = {
  /** Opens a port on which a host says `attached`; called again whenever the last one has closed. */
  readonly open: OpenPort;
  readonly access: PageAccess;
  /** Without it nothing outlives the page. */
  readonly memory?: Memory;
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly schedule?: Schedule;
  readonly delay?: Delay;
  /** Milliseconds from any beginning. */
  readonly now?: () => number;
};

/** Makes the panel's model over any kind of port: the extension's, a worker's, a test's. */
export function createPanel(options: PanelOptions): Panel {
  const lifetime = options.signal;
  const link = createLink({ schedule: nextFrame, delay, ...options });
  const watch = createWatch(link, "overview", lifetime);
  const overview = watch.view;
  const memory = options.memory ?? createPassingMemory();
  const panes = createPanes(memory, lifetime);
  const isShown = (name: ViewName): ReadonlySignal<boolean> => computed(() => panes.isShown(name));
  watch.ask({ kind: "overview" });
  const actions = createActions();
  const now = options.now ?? (() => performance.now());
  const moment = createMoment({
    ...{ link, overview, memory, actions, lifetime, now },
    delay: options.delay ?? delay,
  });
  const deps: Deps = { link, overview, moment, memory, actions, goTo: (place) => goTo(place), lifetime };
  const frames = createFrames(link, overview, isShown("frames"), lifetime);
  const capture = createCapture(link, overview, options.access, lifetime);
  const findings = computed(() => ({
    status: link.status.value,
    overview: overview.value,
    environment: capture.environment.value,
    url: capture.url.value,
  }));
  const diagnosis = computed(() => diagnose(findings.value));

  const stores = createStores(link, overview, isShown("stores"), lifetime);
  const storeTabs = createStoreTabs(deps, stores, isShown("stores"));
  const timeline = createTimeline(deps, stores.selection, isShown("timeline"));
  const compare = createCompare(deps, isShown("compare"));
  const channels = createChannels(deps, isShown("channels"));
  const connectionLife = createConnectionLife(deps, isShown("connection"));
  const problems = createProblems(deps, stores.selection, {
    list: isShown("problems"),
    newest: isShown("stores"),
  });
  const palette = createPalette(deps, options.delay);
  keepHeartbeats(frames, memory, lifetime);
  actions.add(...panelActions({ panes, palette, capture, frames, overview }));

  function goTo(place: Place): void {
    switch (place.kind) {
      case "event":
        panes.show(place.in);
        if (place.in === "frames") frames.choice.jump(place.seq);
        else timeline.choice.jump(place.seq);
        return;
      case "store":
        panes.show("stores");
        stores.reveal({ kind: "store", root: place.root, store_id: place.store_id });
        if (place.path !== undefined) storeTabs.showValue(place.path, place.within);
        return;
      case "channel":
        panes.show("channels");
        channels.jump({ connection: place.connection, topic: place.topic });
        return;
      case "connection":
        panes.show("connection");
        connectionLife.choose(place.connection);
        return;
      case "compare":
        panes.show("compare");
        compare.show(place.root, place.from, place.to);
        return;
      case "problems":
        panes.show("problems");
        problems.choose(place.of);
    }
  }

  return {
    status: link.status,
    ...{ overview, diagnosis, panes, frames, capture },
    bars: computed(() => findBars(findings.value, diagnosis.value, link.isRefused.value)),
    ...{ stores, storeTabs, problems },
    ...{ moment, memory, actions, timeline, compare, channels, connectionLife, palette, goTo },
    showFrame: (seq) => goTo({ kind: "event", seq, in: "frames" }),
    setIdle(idle) {
      if (idle) moment.playback.stop();
      link.setIdle(idle);
    },
  };
}
