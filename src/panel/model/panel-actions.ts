import type { ReadonlySignal } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import { say } from "../text/say";
import type { Action } from "./actions";
import type { Capture } from "./capture";
import type { Frames } from "./frames";
import type { Overlay, Palette } from "./palette";
import type { Panes } from "./panes";
import { VIEWS, type ViewName } from "./view-name";

/** After `G`; the digit with `Alt` works where letters are searched by, too. */
const LETTERS: { readonly [Name in ViewName]: string } = {
  stores: "S",
  timeline: "T",
  compare: "C",
  frames: "F",
  channels: "H",
  connection: "N",
  problems: "P",
};

export const OVERLAY_KEYS: { readonly [Name in Overlay]: readonly string[] } = {
  // The second for browsers that take the first.
  actions: ["Mod+K", "Mod+Shift+P"],
  search: ["S"],
  keys: ["?"],
};

export const SPLIT_KEY = "\\";

const always = (): boolean => true;

type Parts = {
  readonly panes: Omit<Panes, "show" | "use">;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly palette: Pick<Palette, "toggle">;
  readonly capture: Pick<Capture, "environment" | "configure" | "show" | "reload">;
  readonly frames: Pick<Frames, "filter" | "setFilter" | "following" | "follow">;
};

/** What can be done in the panel as a whole, whichever view is shown. */
export function panelActions({ panes, overview, palette, capture, frames }: Parts): readonly Action[] {
  const session = () => overview.value?.session ?? null;
  const past = () => (session()?.isLive ? (overview.value?.past ?? null) : null);
  return [
    ...VIEWS.map((name, at) => ({
      ...{ id: `view.${name}`, keys: [`G ${LETTERS[name]}`, `Alt+${at + 1}`], isPossible: always },
      label: () => say("palette_action_view", say(`view_${name}`)),
      run: () => panes.choose("main", name),
    })),
    {
      ...{ id: "view.split", keys: [SPLIT_KEY, "G B"], isPossible: always, run: panes.toggle },
      label: () => say("split_action"),
    },
    {
      ...{ id: "view.swap", keys: ["G X"], isPossible: () => panes.second.value !== null, run: panes.swap },
      label: () => say("split_action_swap"),
    },
    overlayAction("actions", () => say("palette_action_palette")),
    overlayAction("search", () => say("palette_action_search")),
    overlayAction("keys", () => say("palette_action_keys")),
    {
      ...{ id: "frames.heartbeats", keys: [], isPossible: always },
      label: () => say("palette_action_heartbeats"),
      run: () => frames.setFilter({ ...frames.filter.value, heartbeats: !frames.filter.value.heartbeats }),
    },
    {
      ...{ id: "frames.follow", keys: [], isPossible: () => panes.isShown("frames") },
      label: () => say("palette_action_follow"),
      run: () => frames.follow(!frames.following.value),
    },
    {
      ...{ id: "session.preserve", keys: [], isPossible: () => capture.environment.value !== null },
      label: () => say("palette_action_preserve"),
      run: () => capture.configure({ preserveLog: !capture.environment.value?.settings.preserveLog }),
    },
    {
      ...{ id: "session.previous", keys: [], isPossible: () => past() !== null },
      label: () => say("palette_action_previous"),
      run: () => capture.show(past()?.id ?? null),
    },
    {
      ...{ id: "session.live", keys: [], isPossible: () => session()?.isLive === false },
      label: () => say("palette_action_live"),
      run: () => capture.show(null),
    },
    {
      ...{ id: "session.reload", keys: [], isPossible: always },
      label: () => say("palette_action_reload"),
      run: capture.reload,
    },
  ];

  function overlayAction(overlay: Overlay, label: () => string): Action {
    const id = `find.${overlay}`;
    return { id, label, keys: OVERLAY_KEYS[overlay], isPossible: always, run: () => palette.toggle(overlay) };
  }
}
