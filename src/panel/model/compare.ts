import { batch, computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { RootKey } from "../../bridge/root-key";
import type { RootView } from "../../bridge/view";
import { say } from "../text/say";
import { type Answered, answeredAs } from "./answer";
import { createAsk } from "./ask";
import type { Folds, Layout } from "./comparison-lines";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { onOtherSession } from "./other-session";
import { isSameRoot } from "./root-list";
import { createVersionList, type VersionList } from "./version-list";

/** Two moments of a root, and what differs between them. */
export type Compare = {
  readonly isShown: ReadonlySignal<boolean>;
  /** The roots that can be compared. */
  readonly roots: ReadonlySignal<readonly RootView[]>;
  /** The chosen one, or the first; null: there is none. */
  readonly root: ReadonlySignal<RootKey | null>;
  /** Events after which it is looked at, 0 being before all of them; null: not known yet. */
  readonly from: ReadonlySignal<number | null>;
  readonly to: ReadonlySignal<number | null>;
  readonly chooseRoot: (root: RootKey) => void;
  readonly set: (side: Side, seq: number) => void;
  /** The moment that the panel shows. */
  readonly setPresent: (side: Side) => void;
  /** Just before the envelope that made the other side what it is. */
  readonly setPrevious: (side: Side) => void;
  readonly swap: () => void;
  /** What the envelope before the present moment changed. */
  readonly compareLast: () => void;
  readonly show: (root: RootKey, from: number, to: number) => void;
  /** What was answered last; null: nothing is asked, or it has not been answered. */
  readonly result: ReadonlySignal<Compared | null>;
  /** Null: as there is room. Kept. */
  readonly layout: ReadonlySignal<Layout | null>;
  readonly setLayout: (layout: Layout | null) => void;
  readonly folds: ReadonlySignal<Folds>;
  readonly fold: (key: string, open: boolean) => void;
  /** Which side's list of versions is open. */
  readonly choosing: ReadonlySignal<Side | null>;
  readonly setChoosing: (side: Side | null) => void;
  readonly versions: VersionList;
};

export type Compared = {
  readonly from: number;
  readonly to: number;
  readonly answered: Answered<"compare">;
};

export const SIDES = ["from", "to"] as const;
export type Side = (typeof SIDES)[number];

const LAYOUT = "compare.layout";

type CompareDeps = Pick<Deps, "link" | "overview" | "memory" | "actions" | "lifetime"> & {
  readonly moment: Pick<Deps["moment"], "at">;
};

export function createCompare(deps: CompareDeps, isShown: ReadonlySignal<boolean>): Compare {
  const { link, overview, moment, memory, lifetime } = deps;
  const chosen = signal<RootKey | null>(null);
  const moments = signal<Moments>(NONE);
  const folds = signal<Folds>(new Map());
  const choosing = signal<Side | null>(null);
  const layout = signal(readLayout(memory.read(LAYOUT)));
  const roots = computed(() => (overview.value?.connections ?? []).flatMap((connection) => connection.roots));
  const view = computed(() => findRoot(roots.value, chosen.value));
  const root = computed(() => chosen.value ?? view.value?.key ?? null);
  const comparison = createAsk(link, lifetime);
  const previous = createAsk(link, lifetime);
  /** The side that is set when the envelope before the other one is known. */
  let awaited: Side | null = null;

  function set(side: Side, seq: number): void {
    awaited = null;
    batch(() => {
      // What a moment is of stays, whatever other roots there are.
      chosen.value ??= root.peek();
      moments.value = { ...moments.peek(), [side]: seq };
      choosing.value = null;
      folds.value = new Map();
    });
  }

  function present(): number {
    const at = moment.at.peek()?.seq;
    return at ?? view.peek()?.last_envelope?.seq ?? overview.peek()?.session.events ?? 0;
  }

  function setPrevious(side: Side): void {
    const name = root.peek();
    const other = moments.peek()[side === "from" ? "to" : "from"] ?? present();
    if (name === null) return;
    awaited = side;
    choosing.value = null;
    previous.ask(null);
    previous.ask({
      ...{ kind: "timeline", root: name, kinds: ["envelope"], to_seq: other },
      ...{ from: "end", count: 1 },
    });
  }

  // The state just before an envelope is that after the event before it.
  effectUntil(lifetime, () => {
    const answer = previous.told.value?.answer;
    if (awaited === null || answer === undefined) return;
    const newest = answer.kind === "timeline" ? answer.entries.at(-1) : undefined;
    const side = awaited;
    untracked(() => {
      previous.ask(null);
      set(side, newest === undefined ? 0 : newest.seq - 1);
    });
  });

  // At first: what the newest envelope changed.
  effectUntil(lifetime, () => {
    const { from, to } = moments.value;
    if (!isShown.value || view.value?.last_envelope == null || from !== null || to !== null) return;
    untracked(compareLast);
  });

  onOtherSession(overview, lifetime, () => {
    awaited = null;
    previous.ask(null);
    batch(() => {
      chosen.value = null;
      choosing.value = null;
      moments.value = NONE;
      folds.value = new Map();
    });
  });

  effectUntil(lifetime, () => {
    const { from, to } = moments.value;
    if (root.value === null || from === null || to === null) comparison.ask(null);
    else if (!isShown.value) comparison.rest();
    else comparison.ask({ kind: "compare", root: root.value, from_seq: from, to_seq: to });
  });

  function swap(): void {
    const { from, to } = moments.peek();
    awaited = null;
    moments.value = { from: to, to: from };
  }

  function compareLast(): void {
    set("to", present());
    setPrevious("from");
  }

  const isPossible = (): boolean => isShown.value && root.value !== null;
  deps.actions.add(
    {
      ...{ id: "compare.swap", keys: ["X"], isPossible, run: swap },
      label: () => say("compare_action_swap"),
    },
    {
      ...{ id: "compare.last", keys: ["L"], isPossible, run: compareLast },
      label: () => say("compare_action_last"),
    },
  );

  return {
    ...{ isShown, roots, root, folds, choosing, layout, set, setPrevious, swap, compareLast },
    from: computed(() => moments.value.from),
    to: computed(() => moments.value.to),
    setPresent: (side) => set(side, present()),
    chooseRoot(next) {
      awaited = null;
      batch(() => {
        chosen.value = next;
        moments.value = NONE;
      });
    },
    show(next, from, to) {
      awaited = null;
      batch(() => {
        chosen.value = next;
        moments.value = { from, to };
        folds.value = new Map();
      });
    },
    result: computed(() => {
      const told = comparison.told.value;
      if (told?.question.kind !== "compare") return null;
      const { from_seq: from, to_seq: to = from } = told.question;
      return { from, to, answered: answeredAs("compare", told.answer) };
    }),
    setLayout(next) {
      layout.value = next;
      memory.write(LAYOUT, next);
    },
    fold: (key, open) => {
      folds.value = new Map(folds.peek()).set(key, open);
    },
    setChoosing: (side) => {
      choosing.value = side;
    },
    versions: createVersionList(
      deps,
      root,
      computed(() => isShown.value && choosing.value !== null),
    ),
  };
}

type Moments = { readonly from: number | null; readonly to: number | null };

const NONE: Moments = { from: null, to: null };

/** The chosen root, as long as it is there; the first one that has a state, where none is chosen. */
function findRoot(roots: readonly RootView[], chosen: RootKey | null): RootView | null {
  if (chosen === null) return roots.find(({ last_envelope }) => last_envelope !== null) ?? roots[0] ?? null;
  return roots.find(({ key }) => isSameRoot(key, chosen)) ?? null;
}

function readLayout(kept: unknown): Layout | null {
  return kept === "unified" || kept === "beside" ? kept : null;
}
