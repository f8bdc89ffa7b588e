import { isJsonObject, type Json } from "../../wire/json";
import { readPointer } from "../../wire/json-pointer";
import { addDivergence, type Divergence, type OpenDivergence } from "./divergence";

/** A place that the client does not have, while the server's state has it. */
export type LostKey = {
  readonly tokens: readonly string[];
  readonly path: string;
  readonly divergence: OpenDivergence;
};

/** The key that a plain assignment does not set: it changes the object's prototype instead (observed.md, Patches). */
const LOST = "__proto__";
/** A page decides how long a path is: longer ones are not followed. */
const MAX_PATH_CHARS = 1000;

/**
 * The places that are lost after these operations: those before, and those of operations that lead through the key. One
 * pass over the paths is all that it costs where there are none.
 */
export function findLostKeys(
  divergences: Divergence[],
  known: readonly LostKey[],
  ops: readonly Json[],
  seq: number,
): readonly LostKey[] {
  let lost = known;
  for (const op of ops) {
    if (!isJsonObject(op) || typeof op.path !== "string" || !op.path.includes(LOST)) continue;
    const found = op.op === "remove" ? null : lostBy(op.path, seq);
    if (found === null || lost.some(({ path }) => path === found.path)) continue;
    if (addDivergence(divergences, found.divergence)) lost = [...lost, found];
  }
  return lost;
}

function lostBy(path: string, seq: number): LostKey | null {
  const pointer = readPointer(path);
  if ("reason" in pointer || path.length > MAX_PATH_CHARS || !pointer.tokens.includes(LOST)) return null;
  const divergence: OpenDivergence = { kind: "lost_key", path, from_seq: seq, to_seq: null };
  return { tokens: pointer.tokens, path, divergence };
}

/**
 * The places that are still lost after these operations. One that is taken out, or that goes with what stands around it,
 * is lost no longer. A place in an array is the one of the operation that was lost, whatever has moved since.
 */
export function endLostKeys(
  known: readonly LostKey[],
  ops: readonly Json[],
  seq: number,
): readonly LostKey[] {
  return known.filter(({ tokens, divergence }) => {
    const ends = ops.some((op) => isJsonObject(op) && endsAt(tokens, op));
    if (ends) divergence.to_seq = seq;
    return !ends;
  });
}

function endsAt(tokens: readonly string[], { op, path }: { readonly [key: string]: Json }): boolean {
  if (typeof path !== "string" || (op !== "replace" && op !== "remove")) return false;
  const pointer = readPointer(path);
  if ("reason" in pointer) return false;
  const around = pointer.tokens;
  // A replace of the very place is lost like the operation before it.
  if (around.length > tokens.length || (around.length === tokens.length && op === "replace")) return false;
  // What leads through the key does not reach the client either.
  if (around.length < tokens.length && around.includes(LOST)) return false;
  return around.every((token, at) => token === tokens[at]);
}
