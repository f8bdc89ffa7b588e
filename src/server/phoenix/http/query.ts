import type { Json, JsonObject } from "../../../wire/json";

type Branch = Map<string, Node>;
type Node = Branch | Node[] | string;

/** Deeper brackets are kept as part of the name: no client nests like that, and a URL must not cost a stack. */
const MAX_DEPTH = 32;

/**
 * Unfolds a URL's query as Plug does: `a[b]=c` is `{a: {b: "c"}}`, and each `a[]=c` adds to the list `a`. Of two values
 * for one name the last one stays. Names such as `__proto__` are names.
 */
export function parseQuery(query: string): JsonObject {
  const root: Branch = new Map();
  for (const [name, value] of new URLSearchParams(query)) {
    const [head = "", ...keys] = splitName(name);
    put(root, head, keys, value);
  }
  return branchToObject(root);
}

/** The first name, and what stands in each pair of brackets behind it. */
function splitName(name: string): string[] {
  const [head = "", ...rest] = name.split("[");
  const keys = rest.map((part) => part.slice(0, -1));
  const isNested = head !== "" && rest.length <= MAX_DEPTH && rest.every(isBracketed);
  return isNested ? [head, ...keys] : [name];
}

function isBracketed(part: string): boolean {
  return part !== "" && part.indexOf("]") === part.length - 1;
}

function put(branch: Branch, name: string, keys: readonly string[], value: string): void {
  branch.set(name, putBelow(branch.get(name), keys, value));
}

/** What stands in the place of `present` once the value is below it, under these keys. */
function putBelow(present: Node | undefined, keys: readonly string[], value: string): Node {
  const [key, ...rest] = keys;
  if (key === undefined) return value;
  if (key === "") {
    const list = Array.isArray(present) ? present : [];
    list.push(putBelow(undefined, rest, value));
    return list;
  }
  const branch: Branch = present instanceof Map ? present : new Map();
  put(branch, key, rest, value);
  return branch;
}

function toJson(node: Node): Json {
  if (typeof node === "string") return node;
  return Array.isArray(node) ? node.map(toJson) : branchToObject(node);
}

// Object.fromEntries defines its properties, so that `__proto__` becomes an ordinary one.
function branchToObject(branch: Branch): JsonObject {
  return Object.fromEntries([...branch].map(([key, node]) => [key, toJson(node)]));
}
