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

/** Writes `text` where `data-show` asks for `name`. */
export function show(parent: ParentNode, name: string, text: string): void {
  find(parent, `[data-show="${name}"]`, HTMLElement).textContent = text;
}

/** What the input that `data-field` names `name` holds. */
export function fieldValue(parent: ParentNode, name: string): string {
  return find(parent, `[data-field="${name}"]`, HTMLInputElement).value;
}

/** Calls `listener` at each click on what `selector` names. */
export function onClick(parent: ParentNode, selector: string, listener: () => void): void {
  find(parent, selector, HTMLElement).addEventListener("click", listener);
}

/** What the field called `name` in a form holds. */
export function formText(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
