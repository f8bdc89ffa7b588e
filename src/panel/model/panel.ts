import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import { type Bar, findBars } from "./bars";
import { type Capture, createCapture } from "./capture";
import { type Diagnosis, diagnose } from "./diagnosis";
import { createFrames, type Frames } from "./frames";
import { createLink, type LinkStatus } from "./link";
import type { PageAccess } from "./page-access";
import { createProblems, type Problems } from "./problems";
import { type Delay, delay, nextFrame, type Schedule } from "./schedule";
import type { OpenPort } from "./steady-port";
import { createStores, type Stores } from "./stores";
import { createWatch } from "./watch";

export const TABS = ["stores", "frames", "problems"] as const;
export type Tab = (typeof TABS)[number];

/** Everything that the panel shows, without a document: what `App` renders. */
export type Panel = {
  readonly status: ReadonlySignal<LinkStatus>;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly diagnosis: ReadonlySignal<Diagnosis | null>;
  readonly bars: ReadonlySignal<readonly Bar[]>;
  readonly tab: Signal<Tab>;
  readonly stores: Stores;
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
  /** Ends everything. */
  readonly signal: AbortSignal;
  readonly schedule?: Schedule;
  readonly delay?: Delay;
};

/** Makes the panel's model over any kind of port: the extension's, a worker's, a test's. */
export function createPanel(options: PanelOptions): Panel {
  const lifetime = options.signal;
  const link = createLink({ schedule: nextFrame, delay, ...options });
  const watch = createWatch(link, "overview", lifetime);
  const overview = watch.view;
  const tab = signal<Tab>("stores");
  const isShown = (name: Tab): ReadonlySignal<boolean> => computed(() => tab.value === name);
  watch.ask({ kind: "overview" });
  const frames = createFrames(link, overview, isShown("frames"), lifetime);
  const capture = createCapture(link, overview, options.access, lifetime);
  const findings = computed(() => ({
    status: link.status.value,
    overview: overview.value,
    environment: capture.environment.value,
    url: capture.url.value,
  }));
  const diagnosis = computed(() => diagnose(findings.value));

  return {
    status: link.status,
    ...{ overview, diagnosis, tab, frames, capture },
    bars: computed(() => findBars(findings.value, diagnosis.value)),
    stores: createStores(link, overview, isShown("stores"), lifetime),
    problems: createProblems(link, isShown("problems"), lifetime),
    showFrame(seq) {
      tab.value = "frames";
      frames.choice.jump(seq);
    },
    setIdle: link.setIdle,
  };
}
