import type {
  Beat,
  ChannelDetailView,
  ChannelKey,
  ChannelLine,
  ChannelQuery,
  ChannelsQuery,
  ChannelsView,
  ConnectionLifeView,
  ConnectionQuery,
  PresenceQuery,
  PresenceView,
} from "../../src/bridge/life-view";
import type { Row, View } from "../../src/bridge/view";

/** The channels and the connections of a made-up session. */
export function fakeLife(
  query: ChannelsQuery | ChannelQuery | PresenceQuery | ConnectionQuery,
  rows: readonly Row[],
): View | null {
  switch (query.kind) {
    case "channels":
      return channelsOf(query, rows);
    case "channel":
      return channelOf(query, rows);
    case "presence":
      return presenceOf(query);
    case "connection":
      return lifeOf(query.connection);
  }
}

const LOBBY = "room:lobby";
const PEOPLE = 240;
/** A long session has so many rooms. */
const ROOMS = 1_000;
const LONG = 5_000;

function linesOf(rows: readonly Row[]): readonly ChannelLine[] {
  if (rows.length < 2) return [];
  const byTopic = new Map<string | null, Row[]>();
  for (const row of rows) {
    const own = byTopic.get(row.topic);
    if (own === undefined) byTopic.set(row.topic, [row]);
    else own.push(row);
  }
  const on = (connection: number, topic: string, more: Partial<ChannelLine>): ChannelLine =>
    line(connection, topic, (connection === 1 && byTopic.get(topic)) || [], more);
  const own = (root_id: string, joins: number): ChannelLine =>
    on(1, `musubi:connection:${root_id}`, { kind: "root", joins, root_id });
  const rooms = rows.length < LONG ? 0 : ROOMS;
  return [
    own("Demo.CounterStore:c1", 2),
    own("Demo.TodoStore:today", 1),
    own("Shop.Stores.CartStore:u9:open", 1),
    on(1, LOBBY, { joins: 3, present: PEOPLE }),
    on(1, "admin:metrics", { state: "refused", joins: 4, join_ref: "40" }),
    on(1, "musubi_upload:u_q1W2e3R4t5Y", { kind: "upload" }),
    on(2, "musubi:connection", { kind: "connection", state: "errored", joins: 2 }),
    ...Array.from({ length: rooms }, (_, room) => on(1, `room:${room}`, { present: room % 7 })),
  ];
}

function line(
  connection: number,
  topic: string,
  own: readonly Row[],
  more: Partial<ChannelLine>,
): ChannelLine {
  const received = own.filter(({ type }) => type === "in").length;
  const newest = own.at(-1);
  return {
    ...{ connection, topic, state: "joined", kind: "plain", join_ref: "4", joins: 1, present: null },
    ...{ received, sent: own.length - received, bytes: own.reduce((sum, { size }) => sum + size, 0) },
    last: newest === undefined ? null : { seq: newest.seq, t: newest.t, event: newest.event ?? "" },
    root_id: null,
    ...more,
  };
}

function channelsOf(
  { text, locate, from: wanted, count }: ChannelsQuery,
  rows: readonly Row[],
): ChannelsView {
  const lines = linesOf(rows).filter(({ topic }) => topic.includes(text.trim().toLowerCase()));
  const from = wanted === "end" ? Math.max(0, lines.length - count) : wanted;
  const located = lines.findIndex((one) => locate !== null && isOf(one, locate));
  return {
    ...{ kind: "channels", from, total: lines.length, rows: lines.slice(from, from + count) },
    ...{ located: located === -1 ? null : located, uncounted: rows.length < LONG ? 0 : 1_200, left: 0 },
  };
}

function channelOf({ connection, topic, last }: ChannelQuery, rows: readonly Row[]): ChannelDetailView {
  const found = linesOf(rows).find((one) => isOf(one, { connection, topic })) ?? null;
  const joins = Array.from({ length: found?.joins ?? 0 }, (_, place) => {
    const nth = (found?.joins ?? 0) - place;
    const [seq, t] = [4 + nth * 30, nth * 411];
    const isRefused = found?.state === "refused" && nth !== 2;
    const refused = { reason: "unauthorized", meaning: "The server does not let this page in." };
    return {
      ...{ seq, t, nth },
      answer: nth === 2 ? ("none" as const) : isRefused ? ("refused" as const) : ("joined" as const),
      reply: nth === 2 ? null : { seq: seq + 1, ms: 3.1 },
      ...(isRefused ? refused : { reason: null, meaning: null }),
    };
  });
  const recent = rows.filter((row) => row.topic === topic).slice(-last);
  return { kind: "channel", connection, topic, line: found, joins, recent: recent.toReversed() };
}

function isOf(one: ChannelKey, other: ChannelKey): boolean {
  return one.connection === other.connection && one.topic === other.topic;
}

function presenceOf({ connection, topic, text, person, from: wanted, count }: PresenceQuery): PresenceView {
  const known = topic === LOBBY ? Array.from({ length: PEOPLE }, (_, nth) => `user:${nth + 1}`) : [];
  const keys = known.filter((key) => key.includes(text.trim()));
  const from = wanted === "end" ? Math.max(0, keys.length - count) : wanted;
  return {
    ...{ kind: "presence", connection, topic, told: topic === LOBBY ? "told" : "none" },
    ...{ from, total: keys.length },
    people: keys.slice(from, from + count).map((key, place) => ({
      ...{ key, metas: (from + place) % 5 === 4 ? 2 : 1 },
      preview: `{"online_at": ${1_700_000_000 + place}, "phx_ref": "F9x${place}", "device": "phone"}`,
    })),
    person:
      person === null || !known.includes(person)
        ? null
        : { key: person, metas: [{ online_at: 1_700_000_000, phx_ref: "F9x1", device: "phone" }] },
  };
}

const BEAT_MS = 30_000;
const BEATS = 58;
const END_MS = (BEATS + 2) * BEAT_MS;

/** The first connection broke twice and came back; the second one is still trying. */
function lifeOf(id: number): ConnectionLifeView {
  const at = (share: number): number => share * END_MS;
  const span = (
    status: ConnectionLifeView["spans"][number]["status"],
    from: number,
    to: number,
    seq: number,
  ) => ({ status, from_t: at(from), to_t: at(to), seq }) as const;
  const attempt = (
    seq: number,
    share: number,
    nth: number,
    delay_ms: number | null,
    open_ms: number | null,
  ) => ({ seq, t: at(share), socket: seq, nth, delay_ms, open_ms }) as const;
  const close = (seq: number, share: number, code: number, reason: string, clean: boolean) =>
    ({ seq, t: at(share), socket: 1, code, reason, clean }) as const;
  const first = {
    spans: [
      span("connecting", 0, 0.02, 2),
      span("connected", 0.02, 0.4, 3),
      span("reconnecting", 0.4, 0.47, 50),
      span("connected", 0.47, 0.8, 52),
      span("reconnecting", 0.8, 0.82, 80),
      span("connected", 0.82, 1, 82),
    ],
    closes: [close(50, 0.4, 1006, "", false), close(80, 0.8, 1012, "deploy of 2026-11-21", true)],
    attempts: [
      attempt(2, 0, 1, null, 12.4),
      attempt(51, 0.43, 1, 10, null),
      attempt(52, 0.46, 2, 50, 8.1),
      attempt(82, 0.82, 1, 10, 9.7),
    ],
  };
  const second = {
    spans: [
      span("connecting", 0.1, 0.12, 6),
      span("connected", 0.12, 0.3, 7),
      span("reconnecting", 0.3, 1, 60),
    ],
    closes: [close(60, 0.3, 1008, "", true)],
    attempts: [attempt(6, 0.1, 1, null, 31), attempt(61, 0.35, 1, 10, null)],
  };
  const life = id === 1 ? first : second;
  const beats = id === 1 ? beatsOf() : [];
  return {
    ...{ kind: "connection", id, from_t: life.spans[0]?.from_t ?? 0, to_t: END_MS },
    ...life,
    ...{ closes_total: life.closes.length, attempts_total: life.attempts.length },
    ...{ beats, beats_total: beats.length },
  };
}

/** One in twenty gets no answer. */
function beatsOf(): readonly Beat[] {
  return Array.from({ length: BEATS }, (_, nth) => ({
    ...{ seq: 41 * (nth + 1), t: (nth + 1) * BEAT_MS },
    rtt_ms: nth % 20 === 13 ? null : 3 + ((nth * 7) % 11) + (nth % 17 === 5 ? 60 : 0),
  }));
}
