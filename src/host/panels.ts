import { type HostMessage, isPanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import type { Scene } from "./scene";
import { createTurnstile } from "./turnstile";
import { createWatches, type Watches } from "./watches";

/** The panels that look at the tab, each at a session of its choice. */
export type Panels = {
  /** Answers one panel until its port closes. */
  readonly connect: (port: Port) => void;
  /** Brings all views up to date, soon. */
  readonly changed: () => void;
};

export type PanelsTerms = {
  /** What there is to be seen of a session; of the live one for null, and where there is none of that name. */
  readonly scene: (session: string | null) => Scene;
  /** What is to be waited for before a session can be shown; null: nothing. */
  readonly coming: (session: string | null) => Promise<unknown> | null;
  readonly schedule: (run: () => void, ms: number) => void;
  readonly now: () => number;
};

/** Views are brought up to date this often while events come in. */
export const UPDATE_MS = 40;

/** After an update comes a rest of at least this many times what it took: large views come less often. */
const REST = 3;

type Panel = { readonly watches: Watches; shown: string | null };

export function createPanels({ scene, coming, schedule, now }: PanelsTerms): Panels {
  const panels = new Set<Panel>();
  let isScheduled = false;
  let updateCost = 0;

  function changed(): void {
    if (isScheduled || panels.size === 0) return;
    isScheduled = true;
    schedule(update, Math.max(UPDATE_MS, updateCost * REST));
  }

  function update(): void {
    isScheduled = false;
    const startedAt = now();
    for (const { watches, shown } of panels) watches.update(scene(shown));
    updateCost = now() - startedAt;
  }

  return {
    changed,
    connect(port) {
      const post = (message: HostMessage): void => port.post(message);
      const watches = createWatches((id, view) => post({ kind: "view", id, view }));
      const panel: Panel = { watches, shown: null };
      const turnstile = createTurnstile();

      panels.add(panel);
      port.onClose(() => panels.delete(panel));
      turnstile.hold(coming(null));
      port.onMessage((message) => {
        if (!isPanelMessage(message)) return;
        turnstile.enter(() => {
          if (message.kind === "watch") watches.watch(message.id, message.query, scene(panel.shown));
          if (message.kind === "unwatch") watches.unwatch(message.id);
          if (message.kind !== "show") return;
          panel.shown = message.session;
          turnstile.hold(coming(message.session));
          turnstile.enter(() => watches.update(scene(panel.shown)));
        });
      });
      post({ kind: "attached" });
    },
  };
}
