import type { OverviewView, RootKey } from "../../bridge/view";

/** A root of which steps can be taken. `name` tells it apart from others. */
export type StepRoot = { readonly name: string; readonly key: RootKey; readonly label: string };

/** A page may have thousands of roots, which nobody chooses from a menu. */
const MAX_STEP_ROOTS = 50;

/** The first roots that there are; the `chosen` one always, though it was not there yet at the moment that is shown. */
export function stepRootsOf(overview: OverviewView | null, chosen: RootKey | null): readonly StepRoot[] {
  const all = overview?.connections.flatMap(({ roots }) => roots) ?? [];
  const roots = all.slice(0, MAX_STEP_ROOTS).map(({ key, module, caller_id }) => {
    return { name: nameOf(key), key, label: `${module} ${caller_id}` };
  });
  if (chosen === null || roots.some(({ name }) => name === nameOf(chosen))) return roots;
  return [...roots, { name: nameOf(chosen), key: chosen, label: chosen.root_id }];
}

/** Whether both say the same, so that nothing has to be drawn again. */
export function areSame(some: readonly StepRoot[], others: readonly StepRoot[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ name, label }, at) => name === others[at]?.name && label === others[at]?.label)
  );
}

export function nameOf({ connection, topic, root_id }: RootKey): string {
  return JSON.stringify([connection, topic, root_id]);
}
