import { isObject } from "../../bridge/guard";
import type { Answer } from "../../engine/ask/answer";
import type { Json } from "../../wire/json";

/** One value that an envelope changed. Undefined: nothing stood there, or stands there now. */
export type ValueChange = {
  /** What holds it: the state; a stream, an upload or the assigns of a store. */
  readonly holder: ChangeHolder;
  /** JSON Pointer in the state or the upload; the key of a stream's item. */
  readonly path: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** A stream's item that stands elsewhere now; its value may be the same. */
  readonly moved: { readonly from: number; readonly to: number } | null;
};

export type ChangeHolder =
  | { readonly kind: "state" }
  | {
      readonly kind: "stream" | "upload" | "assigns";
      readonly store_id: readonly string[];
      readonly name: string;
    };

export type EntryChanges =
  | { readonly kind: "changes"; readonly changes: readonly ValueChange[]; readonly more: boolean }
  /** Why it cannot be told: a sentence. */
  | { readonly kind: "refused"; readonly message: string };

type Diff = Extract<Answer, { readonly kind: "diff" }>["diff"];

/** Reads the engine's answer to a `diff` as a list; null: there was no such question. */
export function changesOf(answer: unknown): EntryChanges | null {
  if (!isAnswer(answer)) return null;
  if (answer.kind === "refused") return { kind: "refused", message: answer.message };
  return { kind: "changes", changes: listChanges(answer.diff), more: answer.diff.more };
}

/** Both ends are of one build: the rest of an answer of this kind is as its type says. */
function isAnswer(answer: unknown): answer is Extract<Answer, { readonly kind: "diff" | "refused" }> {
  return isObject(answer) && (answer.kind === "refused" || (answer.kind === "diff" && isObject(answer.diff)));
}

function listChanges({ state, streams, uploads, assigns }: Diff): readonly ValueChange[] {
  return [
    ...state.differences.map(({ path, before, after }) => {
      return { holder: { kind: "state" } as const, path, before, after, moved: null };
    }),
    ...streams.flatMap(({ store_id, name, items }) => items.map((item) => itemChange(store_id, name, item))),
    ...uploads.flatMap((slot) => slotChanges("upload", slot)),
    ...assigns.flatMap((slot) => slotChanges("assigns", slot)),
  ];
}

function itemChange(
  store_id: readonly string[],
  name: string,
  item: Diff["streams"][number]["items"][number],
): ValueChange {
  return {
    holder: { kind: "stream", store_id, name },
    path: item.item_key,
    before: "before" in item ? item.before : undefined,
    after: "after" in item ? item.after : undefined,
    moved: item.kind === "moved" ? { from: item.from, to: item.to } : null,
  };
}

function slotChanges(
  kind: "upload" | "assigns",
  { store_id, name, before, after, differences }: Diff["uploads"][number],
): readonly ValueChange[] {
  const holder = { kind, store_id, name } as const;
  if (differences.length === 0) return [{ holder, path: "", before, after, moved: null }];
  return differences.map((difference) => ({
    ...{ holder, path: difference.path, moved: null },
    ...{ before: difference.before, after: difference.after },
  }));
}
