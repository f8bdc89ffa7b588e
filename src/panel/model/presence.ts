import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ChannelKey, PresenceView } from "../../bridge/life-view";
import type { Json } from "../../wire/json";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { askedRows, type RowRange, rowAt } from "./row-window";
import { createSeenRows } from "./seen-rows";
import { createUnfolding, type UnfoldingModel } from "./unfolding";
import { createWatch } from "./watch";

/** Who is present on the chosen channel, of whom only a window is here. */
export type Presence = {
  /** Null until the first window of the chosen channel has come. */
  readonly view: ReadonlySignal<PresenceView | null>;
  /** What a person's key or metas are to have in them. */
  readonly text: ReadonlySignal<string>;
  readonly setText: (text: string) => void;
  readonly see: (seen: RowRange) => void;
  /** Whose metas are shown. */
  readonly person: ReadonlySignal<string | null>;
  /** Null until they have come; `left`: that person is not present any more. */
  readonly metas: ReadonlySignal<{ readonly value: Json } | "left" | null>;
  /** The row that has the keyboard. */
  readonly row: ReadonlySignal<number | null>;
  readonly moveTo: (row: number) => void;
  /** Tells whether the list is in view: it is asked for only then. */
  readonly show: (isSeen: boolean) => void;
  readonly unfolding: UnfoldingModel;
};

export function createPresence(
  link: Link,
  channel: ReadonlySignal<ChannelKey | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): Presence {
  const watch = createWatch(link, "presence", lifetime);
  const { seen, see } = createSeenRows();
  const text = signal("");
  const isSeen = signal(false);
  const person = signal<string | null>(null);
  /** What was there when the person was chosen: it says nothing of that one. */
  let before: PresenceView | null = null;
  const awaited = signal<number | null>(null);
  const unfolding = createUnfolding();
  let shown = "";

  const view = computed(() => {
    const [newest, wanted] = [watch.view.value, channel.value];
    const isOf = newest?.connection === wanted?.connection && newest?.topic === wanted?.topic;
    return isOf ? newest : null;
  });

  effectUntil(lifetime, () => {
    const wanted = channel.value;
    if (!isShown.value || !isSeen.value) return watch.rest();
    if (wanted === null) return watch.ask(null);
    const { first: from, count } = askedRows(seen.value);
    watch.ask({ kind: "presence", ...wanted, text: text.value, person: person.value, from, count });
  });

  effectUntil(lifetime, () => {
    const now = JSON.stringify(channel.value);
    if (now === shown) return;
    shown = now;
    text.value = "";
    awaited.value = null;
    person.value = null;
    unfolding.reset();
  });

  // A row that was asked for by its number is chosen when it comes.
  effectUntil(lifetime, () => {
    const found = awaited.value === null ? undefined : rowAt(peopleOf(view.value), awaited.value);
    if (found === undefined) return;
    awaited.value = null;
    if (found.key === person.peek()) return;
    unfolding.reset();
    before = watch.view.peek();
    person.value = found.key;
  });

  return {
    ...{ view, text, person, unfolding },
    metas: computed(() => {
      const [newest, key] = [view.value, person.value];
      if (newest?.person != null && newest.person.key === key) return { value: newest.person.metas };
      return newest === null || newest === before ? null : "left";
    }),
    row: computed(() => awaited.value ?? rowOf(view.value, person.value)),
    setText: (next) => {
      text.value = next;
    },
    see,
    moveTo: (row) => {
      awaited.value = row;
    },
    show: (next) => {
      isSeen.value = next;
    },
  };
}

/** A presence list as a window of rows. */
export function peopleOf(view: PresenceView | null) {
  return view === null ? null : { from: view.from, rows: view.people };
}

function rowOf(view: PresenceView | null, person: string | null): number | null {
  const place = view?.people.findIndex(({ key }) => key === person) ?? -1;
  return view === null || place === -1 ? null : view.from + place;
}
