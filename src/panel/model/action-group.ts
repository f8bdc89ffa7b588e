import { say } from "../text/say";
import type { Action } from "./actions";
import { VIEWS } from "./view-name";

/** Actions that belong together, under what they have in common. */
export type ActionGroup = { readonly label: string; readonly actions: readonly Action[] };

/** Groups actions by the first part of their ids (`view.stores`), in the order of the sheet of keys. */
export function groupActions(actions: readonly Action[]): readonly ActionGroup[] {
  const rest = new Set(actions);
  const groups = GROUPS.map(({ prefixes, label }) => {
    const own = actions.filter(({ id }) => prefixes.includes(id.split(".")[0] ?? ""));
    for (const action of own) rest.delete(action);
    return { label: label(), actions: own };
  });
  return [...groups, { label: say("palette_group_others"), actions: [...rest] }].filter(
    (group) => group.actions.length > 0,
  );
}

type Heading = { readonly prefixes: readonly string[]; readonly label: () => string };

const GROUPS: readonly Heading[] = [
  { prefixes: ["view"], label: () => say("palette_group_views") },
  { prefixes: ["find"], label: () => say("palette_group_find") },
  { prefixes: ["moment"], label: () => say("palette_group_moment") },
  ...VIEWS.map((name): Heading => ({ prefixes: [name], label: () => say(`view_${name}`) })),
  { prefixes: ["session"], label: () => say("palette_group_session") },
];
