import type { StoreView } from "../bridge/view";
import type { ValueTarget } from "../engine/ask/value-target";
import type { LiveRoot } from "../engine/engine";
import { fieldIn, type Json } from "../wire/json";
import { formatPointer } from "../wire/json-pointer";
import { hasLongDigits, survives } from "../wire/number-text";
import { MARKER } from "../wire/protocol";
import { literalWritten } from "./literal-written";
import type { Scene } from "./scene";

/** Numbers of one store whose source digits are shown. */
const MAX_DIGITS = 2_000;

/** Numbers of one store of which it is looked up which frame wrote them. */
const MAX_TRACED = 20;

/** A store with its source digits. */
type DigitsShown = {
  readonly view: StoreView;
  /** Some rest on which frame wrote a number: they may be others after a revision that left the store equal. */
  readonly areTraced: boolean;
};

/** Says how the server wrote those numbers of a store that a double does not hold. */
export function showDigits(
  { recording, at }: Pick<Scene, "recording" | "at">,
  root: LiveRoot,
  view: StoreView,
): DigitsShown {
  const { journal } = recording;
  const seq = at ?? journal.length();
  const digits: (readonly [path: string, digits: string | null])[] = [];
  let traces = 0;

  visitNumbers(view, (value, path, target) => {
    const known = journal.numbers.literalOf(value);
    const isLarge = Number.isInteger(value) && !Number.isSafeInteger(value);
    // Most numbers are neither; a number of a base was written by nobody who is known.
    if ((known === undefined && !isLarge) || digits.length === MAX_DIGITS) return;
    const isLong = hasLongDigits(value);
    if (known === undefined && !isLong) return;
    // A double of few digits may have been written with few, too: those are not remembered.
    const isSure = typeof known === "string" && isLong;
    const isTraced = !isSure && known !== undefined && traces++ < MAX_TRACED;
    const literal = isSure ? known : isTraced ? literalWritten(journal, root, seq, target(), value) : null;
    if (literal === null ? isLarge : !survives(literal)) digits.push([path(), literal]);
  });
  return { view: digits.length === 0 ? view : { ...view, digits }, areTraced: traces > 0 };
}

type Visit = (value: number, path: () => string, target: () => ValueTarget) => void;

/** Every number of a store's value and of its streams. An upload has none that could be rounded. */
function visitNumbers({ store_id, value, streams }: StoreView, visit: Visit): void {
  const tokens: string[] = [];
  const path = (): string => formatPointer(tokens);
  const field = (): ValueTarget => ({ what: "field", store_id, path: path() });

  function walk(node: Json, target: () => ValueTarget): void {
    if (typeof node === "number") visit(node, path, target);
    if (typeof node !== "object" || node === null) return;
    const name = target === field ? fieldIn(node, MARKER.stream) : undefined;
    if (typeof name === "string") walkStream(name);
    else for (const [token, child] of Object.entries(node)) walkInto(token, child, target);
  }

  function walkInto(token: string, node: Json, target: () => ValueTarget): void {
    tokens.push(token);
    walk(node, target);
    tokens.pop();
  }

  function walkStream(name: string): void {
    const around = tokens.length + 1;
    for (const { item_key, item } of streams.find((stream) => stream.name === name)?.items ?? []) {
      walkInto(item_key, item, () => {
        const path = formatPointer(tokens.slice(around));
        return { what: "stream", store_id, name, item_key, path };
      });
    }
  }

  walk(value, field);
}
