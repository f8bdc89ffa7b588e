import { computed, type ReadonlySignal } from "@preact/signals";
import { type Answered, answeredAs } from "./answer";
import { createAsk } from "./ask";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import type { StoreSelection } from "./log-list";
import { createUnfolding, type UnfoldingModel } from "./unfolding";

/** What the server shows of the chosen store's assigns (lens.md). */
export type StoreAssigns = {
  /** Null until it has come. */
  readonly answered: ReadonlySignal<Answered<"assigns"> | null>;
  readonly unfolding: UnfoldingModel;
};

/** Asks while it is shown. */
export function createStoreAssigns(
  link: Link,
  store: ReadonlySignal<StoreSelection | null>,
  isShown: ReadonlySignal<boolean>,
  lifetime: AbortSignal,
): StoreAssigns {
  const ask = createAsk(link, lifetime);
  const question = computed(() => {
    if (store.value === null) return null;
    const { connection, topic, root_id } = store.value.root;
    const { store_id } = store.value;
    return { kind: "assigns", root: { connection, topic, root_id }, store_id } as const;
  });

  effectUntil(lifetime, () => {
    if (!isShown.value) ask.rest();
    else ask.ask(question.value, { follows: true });
  });

  return {
    answered: computed(() => {
      const told = ask.told.value;
      // Until the first answer about a newly chosen store comes, the one about the store before it is still there.
      const isOurs = told !== null && JSON.stringify(told.question) === JSON.stringify(question.value);
      return isOurs ? answeredAs("assigns", told.answer) : null;
    }),
    unfolding: createUnfolding(),
  };
}
