import type { HostMessage } from "../bridge/host-message";
import { isPanelMessage, type PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { createPanelMoment, type PanelMoment } from "./moment";
import type { Scene } from "./scene";
import { SLICE_MS } from "./slices";
import { createTurnstile } from "./turnstile";
import { createWatches, type Watches } from "./watches";

/** The panels that look at the tab, each at a session of its choice. */
export type Panels = {
  /** Answers one panel until its port closes. */
  readonly connect: (port: Port) => void;
  /** Brings all views up to date, soon. */
  readonly changed: () => void;
  /** The same, sooner: an answer is not complete, and works on what is left each time. @param ms or not before that */
  readonly again: (ms?: number) => void;
};

export type PanelsTerms = {
  /**
   * What there is to be seen of a session; of the live one for null, and where there is none of that name.
   * @param until when work that takes long is to be put off, by the clock of `now`
   */
  readonly scene: (session: string | null, until: number) => Scene;
  /** What is to be waited for before a session can be shown; null: nothing. */
  readonly coming: (session: string | null) => Promise<unknown> | null;
  readonly schedule: (run: () => void, ms: number) => void;
  readonly now: () => number;
};

/** Views are brought up to date this often while events come in. */
export const UPDATE_MS = 40;

/** And this often while an answer is worked off, but no more than half of the time. */
const AGAIN_MS = 8;

/** After an update comes a rest of at least this many times what it took: large views come less often. */
const REST = 3;

/** No time is left for work that can be put off. */
const IN_A_HURRY = Number.NEGATIVE_INFINITY;

type Panel = { readonly watches: Watches; readonly moment: PanelMoment; shown: string | null };

export function createPanels({ scene, coming, schedule, now }: PanelsTerms): Panels {
  const panels = new Set<Panel>();
  let isScheduled = false;
  let updateCost = 0;

  function updateIn(ms: number): void {
    if (isScheduled || panels.size === 0) return;
    isScheduled = true;
    schedule(update, ms);
  }

  const changed = (): void => updateIn(Math.max(UPDATE_MS, updateCost * REST));
  const goOn = (): void => updateIn(Math.max(AGAIN_MS, updateCost));

  const sceneOf = ({ moment, shown }: Panel, until: number = now() + SLICE_MS): Scene =>
    moment.sceneOf(scene(shown, until));

  function update(): void {
    isScheduled = false;
    const startedAt = now();
    for (const panel of panels) panel.watches.update(sceneOf(panel, startedAt + SLICE_MS));
    updateCost = now() - startedAt;
  }

  function watch(
    panel: Panel,
    { id, query }: MessageOf<"watch">,
    post: (message: HostMessage) => void,
  ): void {
    if (!panel.watches.watch(id, query, sceneOf(panel))) post({ kind: "refused", id });
  }

  /**
   * What the panel watches follows at once, but for what takes long, such as a search: that goes on later. The word that
   * it has arrived comes last.
   */
  function seek(panel: Panel, { turn, to }: MessageOf<"seek">, post: (message: HostMessage) => void): void {
    const { watches, moment } = panel;
    const { recording } = scene(panel.shown, IN_A_HURRY);
    const fault = moment.seek(recording, to);
    if (fault === null) watches.update(sceneOf(panel, IN_A_HURRY));
    post({ kind: "sought", turn, at: moment.position(recording), fault });
  }

  function show(panel: Panel, { session }: MessageOf<"show">): void {
    if (session !== panel.shown) panel.moment.leave();
    panel.shown = session;
  }

  return {
    changed,
    again: (ms) => (ms === undefined ? goOn() : schedule(goOn, ms)),
    connect(port) {
      const post = (message: HostMessage): void => port.post(message);
      const watches = createWatches((id, view) => post({ kind: "view", id, view }));
      const panel: Panel = { watches, moment: createPanelMoment(), shown: null };
      const turnstile = createTurnstile();

      panels.add(panel);
      port.onClose(() => panels.delete(panel));
      turnstile.hold(coming(null));
      port.onMessage((message) => {
        if (!isPanelMessage(message)) return;
        turnstile.enter(() => {
          if (message.kind === "watch") watch(panel, message, post);
          if (message.kind === "unwatch") watches.unwatch(message.id);
          if (message.kind === "seek") seek(panel, message, post);
          if (message.kind !== "show") return;
          show(panel, message);
          turnstile.hold(coming(message.session));
          turnstile.enter(() => watches.update(sceneOf(panel)));
        });
      });
      post({ kind: "attached" });
    },
  };
}

type MessageOf<Kind extends PanelMessage["kind"]> = Extract<PanelMessage, { readonly kind: Kind }>;
