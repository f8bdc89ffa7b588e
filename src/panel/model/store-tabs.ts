import { computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type { LogKind } from "../../bridge/stores-view";
import { say } from "../text/say";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { createLogList, type LogList, type StoreSelection } from "./log-list";
import { createPins, type Pins } from "./pins";
import { createStoreAssigns, type StoreAssigns } from "./store-assigns";
import type { StoreDetail } from "./store-detail";
import { keyOf, type Selection } from "./store-key";
import { createValueHistory, type HistorySubject, type ValueHistoryModel } from "./value-history";
import { targetInAssigns, targetInState } from "./value-target";

/** What is shown of the chosen store, in the order of the tabs. */
export const STORE_TABS = ["state", "changes", "assigns", "events", "commands", "raw"] as const;
export type StoreTab = (typeof STORE_TABS)[number];

/** The sides of the chosen store. Each asks only while it is shown. */
export type StoreTabs = {
  readonly tab: ReadonlySignal<StoreTab>;
  readonly choose: (tab: StoreTab) => void;
  readonly logs: { readonly [Kind in LogKind]: LogList<Kind> };
  readonly assigns: StoreAssigns;
  readonly history: ValueHistoryModel;
  readonly pins: Pins;
  /** Leads to the value at a path of the store's state, or of its assigns. */
  readonly showValue: (path: string, within?: HistorySubject["within"]) => void;
  /** Looks at the history of the value at a path of what is shown. */
  readonly openHistory: (within: HistorySubject["within"], path: string) => void;
};

export type ChosenStore = {
  readonly selection: ReadonlySignal<Selection | null>;
  readonly detail: StoreDetail;
};

const MEMORY = "store-tab";

/** @param isShown whether anything of the chosen store is shown */
export function createStoreTabs(
  { link, memory, overview, actions, goTo, lifetime }: Omit<Deps, "moment">,
  { selection, detail }: ChosenStore,
  isShown: ReadonlySignal<boolean>,
): StoreTabs {
  const kept = memory.read(MEMORY);
  const tab = signal<StoreTab>(STORE_TABS.find((name) => name === kept) ?? "state");
  const store = computed(() => storeIn(selection.value));
  const session = computed(() => overview.value?.session.id ?? "");
  const isTabShown = (name: StoreTab): ReadonlySignal<boolean> =>
    computed(() => isShown.value && tab.value === name);

  const logOf = <Kind extends LogKind>(what: Kind): LogList<Kind> =>
    createLogList(link, what, { store, session, isShown: isTabShown(what) }, lifetime);
  const assigns = createStoreAssigns(link, store, isTabShown("assigns"), lifetime);
  const history = createValueHistory(
    link,
    {
      store,
      isShown: (within) => isShown.value && tab.value === within,
      stampOf: ({ within, path }) =>
        within === "state" ? stampInState(detail, path) : stampInAssigns(assigns, path),
    },
    lifetime,
  );

  effectUntil(lifetime, () => detail.want(showsState(tab.value)));

  // The value was one of the store that was chosen then.
  let chosen = "";
  effectUntil(lifetime, () => {
    const now = JSON.stringify([session.value, store.value === null ? null : keyOf(store.value)]);
    if (now === chosen) return;
    chosen = now;
    untracked(() => {
      history.close();
      assigns.unfolding.reset();
    });
  });

  function choose(name: StoreTab): void {
    tab.value = name;
    memory.write(MEMORY, name);
  }

  actions.add(
    ...STORE_TABS.map((name) => ({
      ...{ id: `store.${name}`, keys: [], isPossible: () => store.value !== null },
      label: () => say("store_action_side", say(`store_tab_${name}`)),
      run() {
        choose(name);
        if (store.value !== null) goTo(store.value);
      },
    })),
  );

  return {
    ...{ tab, choose, assigns, history },
    pins: createPins(memory, store),
    logs: { commands: logOf("commands"), events: logOf("events"), changes: logOf("changes") },
    showValue(path, within = "state") {
      choose(within);
      if (within === "state") detail.reveal(path);
      else assigns.unfolding.reveal(path);
    },
    openHistory(within, path) {
      const chosenStore = store.value;
      const view = detail.view.value;
      if (chosenStore === null) return;
      const { store_id } = chosenStore;
      if (within === "assigns") history.open({ within, path, found: targetInAssigns(store_id, path) });
      else if (view !== null) {
        const found = targetInState(store_id, path, view.value, detail.slots.value);
        history.open({ within, path, found });
      }
    },
  };
}

/** Whether a side of a store shows its state. */
export function showsState(tab: StoreTab): boolean {
  return tab === "state" || tab === "raw";
}

function storeIn(selection: Selection | null): StoreSelection | null {
  return selection?.kind === "store" ? selection : null;
}

/** A value changes with what is inside it, and with what it is inside. */
function stampInState({ changes }: StoreDetail, path: string): string {
  const { values, insides } = changes.value;
  let around = values.get("") ?? 0;
  for (let end = path.indexOf("/", 1); end !== -1; end = path.indexOf("/", end + 1)) {
    around = Math.max(around, values.get(path.slice(0, end)) ?? 0);
  }
  return [around, values.get(path) ?? 0, insides.get(path) ?? 0].join();
}

function stampInAssigns({ answered }: StoreAssigns, path: string): string {
  const told = answered.value;
  const name = path.split("/")[1]?.replaceAll("~1", "/").replaceAll("~0", "~");
  if (told === null || !told.ok || name === undefined) return "";
  const { renders } = told.answer;
  return String(renders.find(({ changed, removed }) => [...changed, ...removed].includes(name))?.seq ?? 0);
}
