import type { TimelineKind } from "../../engine/fold/timeline-entry";

/** What an entry's kind belongs to: few enough to be told apart in a chart. */
export const FAMILIES = ["command", "reply", "envelope", "event", "other", "problem"] as const;
export type Family = (typeof FAMILIES)[number];

const FAMILY_OF: { readonly [Kind in TimelineKind]: Family } = {
  command: "command",
  reply: "reply",
  envelope: "envelope",
  assigns: "envelope",
  event: "event",
  push: "event",
  presence: "event",
  upload: "other",
  mount: "other",
  channel: "other",
  transport: "other",
  heartbeat: "other",
  page: "other",
  base: "other",
  mark: "other",
  problem: "problem",
  gap: "problem",
  unknown: "problem",
};

/** The kinds of entries, in the order in which they are listed. */
export const KINDS = Object.keys(FAMILY_OF) as readonly TimelineKind[];

const FAMILIES_BY_NAME: ReadonlyMap<string, Family> = new Map(Object.entries(FAMILY_OF));

export function isKind(value: unknown): value is TimelineKind {
  return typeof value === "string" && FAMILIES_BY_NAME.has(value);
}

/** What a kind belongs to; a kind that is not known here is nothing in particular. */
export function familyOf(kind: string): Family {
  return FAMILIES_BY_NAME.get(kind) ?? "other";
}
