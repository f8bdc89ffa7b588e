/** Every store id in a state, as the format orders them, found without any of the engine's code. */
export function idsIn(state: unknown): readonly (readonly string[])[] {
  const found: string[][] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const id: unknown = Array.isArray(value) ? null : Reflect.get(value, "__musubi_store_id__");
    if (Array.isArray(id) && id.every((part) => typeof part === "string")) found.push(id);
    Object.values(value).forEach(visit);
  };
  visit(state);
  const distinct = [...new Map(found.map((id) => [JSON.stringify(id), id])).values()];
  return distinct.sort((a, b) => a.length - b.length || compare(a, b));
}

function compare(a: readonly string[], b: readonly string[]): number {
  const at = a.findIndex((part, index) => part !== b[index]);
  if (at === -1) return 0;
  return (a[at] ?? "") < (b[at] ?? "") ? -1 : 1;
}
