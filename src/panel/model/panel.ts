import { computed, type ReadonlySignal, type Signal, signal } from "@preact/signals";
import type { Port } from "../../bridge/port";
import type { OverviewView } from "../../bridge/view";
import { type Diagnosis, diagnose } from "./diagnosis";
import { createFrames, type Frames } from "./frames";
import { createLink, type LinkStatus } from "./link";
import { createProblems, type Problems } from "./problems";
import { type Delay, delay, nextFrame, type Schedule } from "./schedule";
import { createStores, type Stores } from "./stores";
import { createWatch } from "./watch";

export const TABS = ["stores", "frames", "problems"] as const;
export type Tab = (typeof TABS)[number];

/** Everything that the panel shows, without a document: what `App` renders. */
export type Panel = {
  readonly status: ReadonlySignal<LinkStatus>;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly diagnosis: ReadonlySignal<Diagnosis | null>;
  readonly tab: Signal<Tab>;
  readonly stores: Stores;
  readonly frames: Frames;
  readonly problems: Problems;
  /** Shows the event `seq` in the list of frames. */
  readonly showFrame: (seq: number) => void;
  /** A panel that nobody sees asks its host for nothing. */
  readonly setIdle: (idle: boolean) => void;
};

export type PanelOptions = {
  /** Opens a port on which a host says `attached`; called again whenever the last one has closed. May throw. */
  readonly open: () => Port;
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

  return {
    status: link.status,
    overview,
    diagnosis: computed(() => diagnose(link.status.value, overview.value)),
    tab,
    stores: createStores(link, overview, isShown("stores"), lifetime),
    frames,
    problems: createProblems(link, isShown("problems"), lifetime),
    showFrame(seq) {
      tab.value = "frames";
      frames.choice.jump(seq);
    },
    setIdle: link.setIdle,
  };
}
