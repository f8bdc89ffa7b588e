import type { Json } from "../../wire/json";
import type { Change } from "../content/change";
import type { Content } from "../content/draft";
import { isEqual } from "./equal";
import { fieldChange, isStructural, type StoreMemo } from "./field-change";
import {
  attachedChanges,
  comeToSomething,
  type SlotChange,
  type SlotKind,
  slotIn,
  tokensOf,
} from "./slot-change";

/** The changes of a revision as they concern the slots of stores. */
type SortedChanges = {
  /** Whether stores came, went or moved, so that their fields have to be compared by their ids. */
  readonly isStructural: boolean;
  /** By store and by slot, in the order of the changes. Those to fields are left out where stores moved. */
  readonly slots: readonly SlotGroup[];
};

/** The changes of a revision to one slot. */
export type SlotGroup = readonly [SlotChange, ...SlotChange[]];

/** @param state of any moment since the last structural revision */
export function sortChanges(
  changes: readonly Change[],
  state: Json,
  memo: StoreMemo,
  isKnownStructural: boolean,
): SortedChanges {
  const groups = new Map<string, [SlotChange, ...SlotChange[]]>();
  let structural = isKnownStructural;
  for (const change of changes) {
    const { area } = change;
    if (area === "presence" || (area === "state" && structural)) continue;
    const tokens = tokensOf(change);
    if (area !== "state") {
      for (const one of attachedChanges(area, change, tokens)) addTo(groups, one);
    } else if (isStructural(change, tokens, state, memo)) {
      structural = true;
    } else {
      const one = fieldChange(change, tokens, state);
      if (one !== null) addTo(groups, one);
    }
  }
  const slots = [...groups.values()];
  return {
    isStructural: structural,
    slots: structural ? slots.filter(([{ what }]) => what !== "field") : slots,
  };
}

function addTo(groups: Map<string, [SlotChange, ...SlotChange[]]>, one: SlotChange): void {
  const key = slotKey(one);
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [one]);
  else group.push(one);
}

/** One key a slot: a store's key is JSON, which ends where it ends. */
function slotKey({
  store,
  what,
  name,
}: {
  readonly store: string;
  readonly what: SlotKind;
  readonly name: string;
}): string {
  return `${store}${what}/${name}`;
}

/** The contents before and after a revision. */
export type Around = { readonly before: Content; readonly after: Content };

/** Whether the changes to a slot came to anything. @param around is asked only where they may have cancelled out */
export function isTouched(group: SlotGroup, around: () => Around): boolean {
  return comeToSomething(group, () => {
    const { before, after } = around();
    return !isEqual(slotIn(before, group[0]), slotIn(after, group[0]));
  });
}
