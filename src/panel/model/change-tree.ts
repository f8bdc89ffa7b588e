import type { StepView } from "../../bridge/stores-view";
import type { Json } from "../../wire/json";

/**
 * The steps of a change as one value, to be shown as a tree: under the path of each stands what was there `before` and
 * what is there `after`. Several steps may be about one path.
 */
export function changeTree(steps: readonly StepView[]): Json {
  const nths = new Map<string, number>();
  return Object.fromEntries(
    steps.map((step): [string, Json] => {
      const name = nameOfStep(step);
      const nth = (nths.get(name) ?? 0) + 1;
      nths.set(name, nth);
      return [nth === 1 ? name : `${name} (${nth})`, contentOf(step)];
    }),
  );
}

/** What a step is about: the path of a field as it is, any other after the word for what it is in. */
export function nameOfStep({ what, path }: Pick<StepView, "what" | "path">): string {
  const way = path.slice(1);
  if (what === "field") return way;
  return way === "" ? what : `${what} ${way}`;
}

function contentOf({ what, before, after }: StepView): Json {
  if (what === "mounted" || what === "unmounted") return after ?? before ?? null;
  return { ...(before !== undefined && { before }), ...(after !== undefined && { after }) };
}
