import { batch, computed, type ReadonlySignal, signal } from "@preact/signals";
import type { Answer } from "../../engine/ask/answer";
import type { ValueTarget } from "../../engine/ask/value-target";
import { type Answered, answeredAs } from "./answer";
import { createAsk } from "./ask";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import type { StoreSelection } from "./log-list";
import type { TargetFound } from "./value-target";

/** A value of the chosen store, and all that it was before. */
export type ValueHistoryModel = {
  /** Null: no value is looked at. */
  readonly subject: ReadonlySignal<HistorySubject | null>;
  /** Null until it has come. */
  readonly answered: ReadonlySignal<Answered<"history"> | null>;
  readonly open: (subject: HistorySubject) => void;
  readonly close: () => void;
  /** Looks for earlier values. */
  readonly showMore: () => void;
};

/** Where the value is shown, under which path, and what is asked for it. */
export type HistorySubject = {
  readonly within: "state" | "assigns";
  readonly path: string;
  readonly found: TargetFound;
};

export type HistoryAnswer = Extract<Answer, { readonly kind: "history" }>;

/** Values that are looked for at first, and that many more each time. */
export const HISTORY_STEP = 50;

type HistorySource = {
  readonly store: ReadonlySignal<StoreSelection | null>;
  /** Whether that part of the store is shown in which the value is. */
  readonly isShown: (within: HistorySubject["within"]) => boolean;
  /** Differs whenever the value at a path has changed. */
  readonly stampOf: (subject: HistorySubject) => string;
};

/** Looks at no value. A history costs as much as there is of it, so it is asked for again only when the value changes. */
export function createValueHistory(
  link: Link,
  { store, isShown, stampOf }: HistorySource,
  lifetime: AbortSignal,
): ValueHistoryModel {
  const subject = signal<HistorySubject | null>(null);
  const count = signal(HISTORY_STEP);
  const ask = createAsk(link, lifetime);
  const target = computed(() => targetOf(subject.value));

  effectUntil(lifetime, () => {
    const [now, chosen] = [subject.value, store.value];
    if (now === null || target.value === null || chosen === null) ask.ask(null);
    else if (!isShown(now.within)) ask.rest();
    else {
      const { connection, topic, root_id } = chosen.root;
      const question = {
        kind: "history",
        root: { connection, topic, root_id },
        target: target.value,
      } as const;
      ask.ask({ ...question, count: count.value }, { stamp: stampOf(now) });
    }
  });

  return {
    subject,
    answered: computed(() => {
      const told = ask.told.value;
      if (told === null || told.question.kind !== "history") return null;
      const isOurs = JSON.stringify(told.question.target) === JSON.stringify(target.value);
      return isOurs ? answeredAs("history", told.answer) : null;
    }),
    open(next) {
      batch(() => {
        count.value = HISTORY_STEP;
        subject.value = next;
      });
    },
    close() {
      subject.value = null;
    },
    showMore() {
      count.value += HISTORY_STEP;
    },
  };
}

function targetOf(subject: HistorySubject | null): ValueTarget | null {
  return subject?.found.ok === true ? subject.found.target : null;
}
