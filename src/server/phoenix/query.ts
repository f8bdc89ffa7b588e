import type { JsonObject } from "../../wire/json";

type Branch = Map<string, Branch | string>;

/** Deeper brackets are kept as part of the name: no client nests like that, and a URL must not cost a stack. */
const MAX_DEPTH = 32;

/**
 * Unfolds a URL's query as Plug does: `a[b]=c` is `{a: {b: "c"}}`. Of two values for one name the last
 * one stays. Names such as `__proto__` are names.
 */
export function parseQuery(query: string): JsonObject {
  const root: Branch = new Map();
  for (const [name, value] of new URLSearchParams(query)) {
    const [last = "", ...above] = splitName(name).reverse();
    let branch = root;
    for (const key of above.reverse()) branch = childBranch(branch, key);
    branch.set(last, value);
  }
  return toObject(root);
}

function splitName(name: string): string[] {
  const [head = "", ...rest] = name.split("[");
  const keys = rest.map((part) => part.slice(0, -1));
  const isNested = head !== "" && rest.length <= MAX_DEPTH && rest.every(isBracketed);
  return isNested ? [head, ...keys] : [name];
}

function isBracketed(part: string): boolean {
  return part.length > 1 && part.indexOf("]") === part.length - 1;
}

function childBranch(branch: Branch, key: string): Branch {
  const present = branch.get(key);
  if (present instanceof Map) return present;
  const fresh: Branch = new Map();
  branch.set(key, fresh);
  return fresh;
}

// Object.fromEntries defines its properties, so that `__proto__` becomes an ordinary one.
function toObject(branch: Branch): JsonObject {
  return Object.fromEntries(
    [...branch].map(([key, value]) => [key, value instanceof Map ? toObject(value) : value]),
  );
}
