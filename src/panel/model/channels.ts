import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ChannelDetailView, ChannelKey, ChannelsView } from "../../bridge/life-view";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { onOtherSession } from "./other-session";
import { createPresence, type Presence } from "./presence";
import { askedRows, type RowRange, rowAt } from "./row-window";
import { createSeenRows } from "./seen-rows";
import { createWatch } from "./watch";

/** All channels of the page, of which only a window is here, and the chosen one of them. */
export type Channels = {
  /** The window that came last; null before the first. */
  readonly window: ReadonlySignal<ChannelsView | null>;
  /** What the topics are to have in them. */
  readonly text: ReadonlySignal<string>;
  readonly setText: (text: string) => void;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
  readonly chosen: ReadonlySignal<ChannelKey | null>;
  /** The row that has the keyboard and is to be in view. */
  readonly row: ReadonlySignal<number | null>;
  readonly choose: (channel: ChannelKey | null) => void;
  /** Moves the choice to a row that may not have come yet. */
  readonly moveTo: (row: number) => void;
  /** Chooses a channel, and shows its row even if the text would not. */
  readonly jump: (channel: ChannelKey) => void;
  /** The chosen channel; null until it has come. */
  readonly detail: ReadonlySignal<ChannelDetailView | null>;
  readonly presence: Presence;
};

/** Frames of the chosen channel that are listed with it. */
const RECENT = 50;

export function createChannels(
  { link, overview, lifetime }: Pick<Deps, "link" | "overview" | "lifetime">,
  isShown: ReadonlySignal<boolean>,
): Channels {
  const { seen, see } = createSeenRows();
  const text = signal("");
  const chosen = signal<ChannelKey | null>(null);
  const awaited = signal<number | null>(null);
  const rows = createWatch(link, "channels", lifetime);
  const detail = createWatch(link, "channel", lifetime);

  effectUntil(lifetime, () => {
    const { first: from, count } = askedRows(seen.value);
    if (!isShown.value) rows.rest();
    else rows.ask({ kind: "channels", from, count, text: text.value, locate: chosen.value });
  });

  effectUntil(lifetime, () => {
    const channel = chosen.value;
    if (!isShown.value) detail.rest();
    else detail.ask(channel === null ? null : { kind: "channel", ...channel, last: RECENT });
  });

  // A row that was asked for by its number is chosen when it comes.
  effectUntil(lifetime, () => {
    const row = awaited.value;
    const found = row === null ? undefined : rowAt(rows.view.value, row);
    if (found !== undefined) choose(found);
  });

  onOtherSession(overview, lifetime, () => choose(null));

  function choose(channel: ChannelKey | null): void {
    awaited.value = null;
    // The same again would have its details asked for anew.
    if (channel !== null && isSame(channel, chosen.peek())) return;
    chosen.value = channel === null ? null : { connection: channel.connection, topic: channel.topic };
  }

  return {
    ...{ text, chosen, choose, window: rows.view },
    row: computed(() => awaited.value ?? rowOf(rows.view.value, chosen.value)),
    setText: (next) => {
      text.value = next;
    },
    see,
    moveTo: (row) => {
      awaited.value = row;
    },
    jump(channel) {
      text.value = "";
      choose(channel);
    },
    detail: computed(() => {
      const view = detail.view.value;
      return view !== null && isSame(view, chosen.value) ? view : null;
    }),
    presence: createPresence(link, chosen, isShown, lifetime),
  };
}

export function isSame(one: ChannelKey, other: ChannelKey | null): boolean {
  return one.connection === other?.connection && one.topic === other.topic;
}

/** A row that is in the window is found there at once; one that is not, by what the host tells. */
function rowOf(view: ChannelsView | null, chosen: ChannelKey | null): number | null {
  if (view === null || chosen === null) return null;
  const place = view.rows.findIndex((row) => isSame(row, chosen));
  return place === -1 ? view.located : view.from + place;
}
