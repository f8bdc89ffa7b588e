import type { PresenceQuery, PresenceView } from "../bridge/life-view";
import { type Cursor, createCursor } from "../engine/content/cursor";
import type { History } from "../engine/content/history";
import type { LiveChannel } from "../engine/live";
import { isJsonArray, isJsonObject, type Json, type JsonObject, ownField } from "../wire/json";
import type { Answerer } from "./answerer";
import { findChannel } from "./channel-faces";
import { preview } from "./preview";
import type { Recording } from "./recording";

/** Reads who was present on a channel after event `at`; for null, who is now. */
export type PresenceReader = {
  /** Null where nothing was told of presence by then. */
  readonly readAt: (channel: LiveChannel, at: number | null) => JsonObject | null | "truncated";
  /** How many; null, too, where that much history is not kept any more. */
  readonly countAt: (channel: LiveChannel, at: number | null) => number | null;
};

/** A reader that goes from one moment to another at the cost of what changed between them. */
export function createPresenceReader(): PresenceReader {
  const cursors = new WeakMap<History, Cursor>();

  function readPast(presences: History, at: number): JsonObject | null | "truncated" {
    const cursor = cursors.get(presences) ?? createCursor(presences);
    cursors.set(presences, cursor);
    const content = cursor.seek(at);
    return content === "truncated" ? content : toPresences(content.presence);
  }

  return {
    readAt({ presences }, at) {
      if (presences === null) return null;
      return at === null ? toPresences(presences.now().presence) : readPast(presences, at);
    },
    countAt({ presences }, at) {
      if (presences === null) return null;
      // Only counted, the draft needs not be shared, which would have its next change copy it.
      const { presence } = presences.draft.areas;
      const present = at === null ? (isJsonObject(presence) ? presence : null) : readPast(presences, at);
      return present === null || present === "truncated" ? null : Object.keys(present).length;
    },
  };
}

/** A window of those who are present on a channel, at the moment that is looked at. */
export function answerPresence(query: PresenceQuery): Answerer {
  const presences = createPresenceReader();
  let seen: Seen | null = null;
  return ({ recording, at, faces }) => {
    const channel = findChannel(faces(), query)?.channel.live;
    const now: Seen = { recording, channel, revisions: channel?.presences?.count(), at };
    if (seen !== null && isSame(seen, now)) return null;
    seen = now;
    return viewPresence(query, channel === undefined ? null : presences.readAt(channel, at));
  };
}

/** What a view rests on. A rejoin makes another channel of it, whatever it is called. */
type Seen = {
  readonly recording: Recording;
  readonly channel: LiveChannel | undefined;
  readonly revisions: number | undefined;
  readonly at: number | null;
};

function isSame(one: Seen, other: Seen): boolean {
  return (
    one.recording === other.recording &&
    one.channel === other.channel &&
    one.revisions === other.revisions &&
    one.at === other.at
  );
}

function viewPresence(query: PresenceQuery, presences: JsonObject | null | "truncated"): PresenceView {
  const { connection, topic, person, count } = query;
  const known = presences === "truncated" || presences === null ? {} : presences;
  const wanted = query.text.trim().toLowerCase();
  const keys = Object.keys(known).filter((key) => wanted === "" || hasText(key, metasIn(known, key), wanted));
  const from = query.from === "end" ? Math.max(0, keys.length - count) : query.from;
  return {
    ...{ kind: "presence", connection, topic, from, total: keys.length },
    told: presences === "truncated" ? presences : presences === null ? "none" : "told",
    people: keys.slice(from, from + count).map((key) => {
      const metas = metasIn(known, key);
      return { key, metas: isJsonArray(metas) ? metas.length : 0, preview: previewMetas(metas) };
    }),
    person:
      person === null || !Object.hasOwn(known, person)
        ? null
        : { key: person, metas: metasIn(known, person) },
  };
}

/** One meta stands for itself. */
function previewMetas(metas: Json): string {
  return preview(isJsonArray(metas) && metas.length === 1 ? (metas[0] ?? null) : metas);
}

function metasIn(presences: JsonObject, key: string): Json {
  const presence = ownField(presences, key);
  return isJsonObject(presence) ? (ownField(presence, "metas") ?? null) : null;
}

function hasText(key: string, metas: Json, wanted: string): boolean {
  return key.toLowerCase().includes(wanted) || JSON.stringify(metas).toLowerCase().includes(wanted);
}

function toPresences(presence: Json): JsonObject | null {
  return isJsonObject(presence) ? presence : null;
}
