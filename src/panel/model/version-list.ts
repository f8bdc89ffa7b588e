import { type ReadonlySignal, signal } from "@preact/signals";
import type { RootKey } from "../../bridge/root-key";
import type { TimelineView } from "../../bridge/timeline-view";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { askedRows, type RowRange } from "./row-window";
import { createSeenRows } from "./seen-rows";
import { createWatch } from "./watch";

/** The envelopes of a root, to choose a moment from. */
export type VersionList = {
  /** Null before the first window has come. */
  readonly window: ReadonlySignal<TimelineView | null>;
  /** Whether the newest ones are wanted, whichever they are. */
  readonly following: ReadonlySignal<boolean>;
  readonly see: (seen: RowRange) => void;
  readonly follow: (following: boolean) => void;
};

/** Asks only while the list is `isOpen`; it opens at its end. */
export function createVersionList(
  { link, lifetime }: Pick<Deps, "link" | "lifetime">,
  root: ReadonlySignal<RootKey | null>,
  isOpen: ReadonlySignal<boolean>,
): VersionList {
  const watch = createWatch(link, "timeline", lifetime);
  const { seen, see } = createSeenRows();
  const following = signal(true);

  effectUntil(lifetime, () => {
    if (root.value === null || !isOpen.value) {
      watch.ask(null);
      following.value = true;
      return;
    }
    const { first, count } = askedRows(seen.value);
    watch.ask({
      ...{ kind: "timeline", from: following.value ? "end" : first, count, locate: null },
      choice: { kinds: ["envelope"], root: root.value, store_id: null, text: "", isRegex: false },
    });
  });

  return {
    ...{ window: watch.view, following },
    see,
    follow: (on) => {
      following.value = on;
    },
  };
}
