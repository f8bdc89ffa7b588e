import type { Answer } from "../engine/ask/answer";
import type { ContentDiff } from "../engine/ask/diff";
import type { Difference } from "../engine/ask/difference";
import type { ItemDifference } from "../engine/ask/stream-difference";
import { assertNever } from "../wire/assert-never";
import type { Json } from "../wire/json";
import { type Room, showValue } from "./shown-value";

/** Characters of the values in a diff that a panel is sent: the first envelope of a root brings all of its state. */
const MAX_DIFF_CHARS = 200_000;

/** Of a value that its differences tell of. */
const MAX_SIDE_CHARS = 1_000;

/** An answer whose values are cut to what can be shown, where it is a diff: that there is more stands in it. */
export function showDiff(answer: Answer, maxChars: number = MAX_DIFF_CHARS): Answer {
  if (answer.kind !== "diff") return answer;
  const room: Room = { chars: maxChars, isCut: false };
  const diff = cutDiff(answer.diff, room);
  return { kind: "diff", diff: room.isCut ? { ...diff, more: true } : diff };
}

function cutDiff({ state, streams, uploads, assigns, more }: ContentDiff, room: Room): ContentDiff {
  return {
    state: { ...state, differences: cutDifferences(state.differences, room) },
    streams: streams.map((one) => ({ ...one, items: one.items.map((item) => cutItem(item, room)) })),
    uploads: uploads.map((one) => cutSlot(one, room)),
    assigns: assigns.map((one) => cutSlot(one, room)),
    more,
  };
}

function cutDifferences(differences: readonly Difference[], room: Room): readonly Difference[] {
  return differences.map((one) => ({ ...one, ...cutSides(one, room) }));
}

function cutSlot(slot: ContentDiff["uploads"][number], room: Room): ContentDiff["uploads"][number] {
  const differences = cutDifferences(slot.differences, room);
  // What stands on both sides is told by its differences: of the rest nothing has to be said.
  const isOnBoth = slot.before !== undefined && slot.after !== undefined;
  const sides = cutSides(slot, isOnBoth ? { chars: MAX_SIDE_CHARS, isCut: false } : room);
  return { ...slot, ...sides, differences };
}

type Sides = { readonly before: Json | undefined; readonly after: Json | undefined };

function cutSides({ before, after }: Sides, room: Room): Sides {
  const cut = (value: Json | undefined) => (value === undefined ? undefined : showValue(value, room));
  return { before: cut(before), after: cut(after) };
}

function cutItem(item: ItemDifference, room: Room): ItemDifference {
  switch (item.kind) {
    case "added":
      return { ...item, after: showValue(item.after, room) };
    case "removed":
      return { ...item, before: showValue(item.before, room) };
    case "changed":
      return { ...item, before: showValue(item.before, room), after: showValue(item.after, room) };
    case "moved":
      return item;
    default:
      return assertNever(item);
  }
}
