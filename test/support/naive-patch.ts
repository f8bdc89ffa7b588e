/**
 * JSON Patch as an oracle: it copies the whole document for every operation and works on entries, sharing no code
 * with the engine. Undefined where the patch fails.
 */
export type NaiveOp = { readonly op: string; readonly path: string; readonly value?: unknown };

export function naivePatch(
  document: unknown,
  ops: readonly NaiveOp[],
): { readonly result: unknown } | undefined {
  let result: unknown = structuredClone(document);
  for (const op of ops) {
    const next = naiveOp(result, op.path.split("/").slice(1).map(decode), op, op.path === "");
    if (next === undefined) return undefined;
    result = next.result;
  }
  return { result };
}

function naiveOp(
  node: unknown,
  tokens: readonly string[],
  op: NaiveOp,
  isRoot: boolean,
): { readonly result: unknown } | undefined {
  if (isRoot) return op.op === "replace" ? { result: structuredClone(op.value) } : undefined;
  const [token = "", ...rest] = tokens;
  if (Array.isArray(node)) return naiveArray(node, token, rest, op);
  if (typeof node !== "object" || node === null) return undefined;
  const entries = new Map(Object.entries(node));
  if (rest.length > 0) {
    if (!entries.has(token)) return undefined;
    const inner = naiveOp(entries.get(token), rest, op, false);
    return inner && { result: Object.fromEntries(entries.set(token, inner.result)) };
  }
  if (op.op === "remove") entries.delete(token);
  else entries.set(token, structuredClone(op.value));
  return { result: Object.fromEntries(entries) };
}

function naiveArray(node: readonly unknown[], token: string, rest: readonly string[], op: NaiveOp) {
  const index = token === "-" && op.op === "add" && rest.length === 0 ? node.length : Number(token);
  if (String(index) !== token && token !== "-") return undefined;
  const last = op.op === "add" && rest.length === 0 ? node.length : node.length - 1;
  if (!Number.isInteger(index) || index < 0 || index > last) return undefined;
  const [before, after] = [node.slice(0, index), node.slice(index + 1)];
  if (rest.length > 0) {
    const inner = naiveOp(node[index], rest, op, false);
    return inner && { result: [...before, inner.result, ...after] };
  }
  const value = structuredClone(op.value);
  if (op.op === "add") return { result: [...before, value, ...node.slice(index)] };
  return { result: op.op === "remove" ? [...before, ...after] : [...before, value, ...after] };
}

function decode(token: string): string {
  return token.replaceAll("~1", "/").replaceAll("~0", "~");
}
