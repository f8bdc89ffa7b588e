import type { TimelineKind } from "../../../engine/fold/timeline-entry";
import { familyOf, isKind } from "../../model/timeline-kind";
import { say } from "../../text/say";

const SIGNS: { readonly [Kind in TimelineKind]: string } = {
  command: "▲",
  reply: "▽",
  envelope: "▼",
  assigns: "≔",
  event: "★",
  push: "☆",
  presence: "◉",
  upload: "⇧",
  mount: "◆",
  channel: "◇",
  transport: "○",
  heartbeat: "∿",
  page: "□",
  base: "≡",
  mark: "⚑",
  problem: "!",
  gap: "…",
  unknown: "?",
};

/** What an entry is: a sign in its family's colour, and the word. */
export function KindChip({ kind }: { readonly kind: string }) {
  return (
    <span class="kind" data-family={familyOf(kind)}>
      <span class="kind-sign" aria-hidden="true">
        {isKind(kind) ? SIGNS[kind] : "?"}
      </span>
      <span class="kind-word">{kindWord(kind)}</span>
    </span>
  );
}

export function kindWord(kind: string): string {
  return isKind(kind) ? say(`timeline_kind_${kind}`) : kind;
}
