import { touchesOf } from "../engine/ask/value-history";
import type { ValueTarget } from "../engine/ask/value-target";
import { createChangeLog } from "../engine/content/change-log";
import { createCursor } from "../engine/content/cursor";
import { childOf, createDraft } from "../engine/content/draft";
import { applyPatch } from "../engine/content/patch";
import type { LiveRoot } from "../engine/engine";
import { fieldIn, isJsonArray, isJsonObject, type Json } from "../wire/json";
import { parseJsonText } from "../wire/json-text";
import { numberLiterals } from "../wire/number-text";
import { readStreamOp } from "../wire/stream-op";
import type { Journal } from "./journal";
import { MAX_LITERAL_CHARS } from "./source-numbers";

/** What a literal begins with where it stands as a string in the place of its number. */
const MARK = "\0";

/** Revisions that are looked at for one number. */
const MAX_REVISIONS = 2_000;

/**
 * How the server wrote a number that stands at a target after event `seq`: the envelopes that may have put it there are
 * applied once more, with each of their literals of this double as a string. Null where it is not known any more.
 */
export function literalWritten(
  { activities, textOf }: Pick<Journal, "activities" | "textOf">,
  root: LiveRoot,
  seq: number,
  target: ValueTarget,
  value: number,
): string | null {
  for (const touch of touchesOf(activities(root), seq, target, MAX_REVISIONS)) {
    const text = textOf(touch.seq);
    if (text === null) return null;
    const payload = markedPayload(text, value);
    if (payload === null) continue;
    const found =
      target.what === "field"
        ? valueInState(root, touch.place, touch.way, payload)
        : target.what === "stream" && walk(itemIn(payload, target), touch.way);
    if (typeof found === "string" && found.startsWith(MARK)) return found.slice(MARK.length);
  }
  return null;
}

/** The payload of a frame with every literal of a double as a string; null where it has none of them. */
function markedPayload(text: string, value: number): Json | null {
  let marked = "";
  let copied = 0;
  for (const { literal, at } of numberLiterals(text)) {
    if (Number(literal) !== value || literal.length > MAX_LITERAL_CHARS) continue;
    marked += text.slice(copied, at) + JSON.stringify(MARK + literal);
    copied = at + literal.length;
  }
  if (copied === 0) return null;
  marked += text.slice(copied);
  const frame = parseJsonText(marked, marked.length);
  if (!frame.ok) return null;
  return (isJsonArray(frame.value) ? frame.value[4] : fieldIn(frame.value, "payload")) ?? null;
}

function valueInState(
  { history }: LiveRoot,
  place: number,
  way: readonly string[],
  payload: Json,
): Json | undefined {
  const before = createCursor(history).moveTo(place - 1);
  const ops = fieldIn(payload, "ops");
  if (before === "truncated" || !isJsonArray(ops)) return undefined;
  const draft = createDraft(before);
  return applyPatch(draft, ops, createChangeLog()) === null ? walk(draft.areas.state, way) : undefined;
}

function itemIn(payload: Json, target: ValueTarget & { readonly what: "stream" }): Json | undefined {
  const ops = fieldIn(payload, "stream_ops");
  if (!isJsonArray(ops)) return undefined;
  const store = JSON.stringify(target.store_id);
  for (const given of ops.toReversed()) {
    if (!isJsonObject(given)) continue;
    // Where the item goes may be the same double.
    const op = readStreamOp({ ...given, at: unmarked(given.at), limit: unmarked(given.limit) });
    const isOurs = op?.op === "insert" && op.stream === target.name && op.item_key === target.item_key;
    if (isOurs && JSON.stringify(op.store_id) === store) return op.item;
  }
  return undefined;
}

function unmarked(value: Json = null): Json {
  return typeof value === "string" && value.startsWith(MARK) ? Number(value.slice(MARK.length)) : value;
}

function walk(value: Json | undefined, way: readonly string[]): Json | undefined {
  return way.reduce((at: Json | undefined, token) => childOf(at, token), value);
}
