/** The element that `selector` names below `parent`; throws where the page has none of this kind. */
export function find<Kind extends Element>(
  parent: ParentNode,
  selector: string,
  kind: abstract new () => Kind,
): Kind {
  const element = parent.querySelector(selector);
  if (element instanceof kind) return element;
  throw new Error(`The page has no ${kind.name} at "${selector}".`);
}

/** What the field called `name` in a form holds. */
export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
