import {
  type ChannelDetailView,
  type ChannelKey,
  type ChannelLine,
  type ChannelQuery,
  type ChannelsQuery,
  type ChannelsView,
  type Join,
  MAX_JOINS,
} from "../bridge/life-view";
import type { Row } from "../bridge/view";
import { countPassing } from "../engine/content/count-passing";
import type { ConnectionAt } from "../engine/fold/faces";
import { toMilliseconds } from "../engine/fold/milliseconds";
import type { ChannelEntry } from "../engine/fold/timeline-entry";
import type { Answerer } from "./answerer";
import { findChannel, findChannels, type OwnedChannel } from "./channel-faces";
import type { Journal } from "./journal";
import { type LifeIndex, lifeIndexOf } from "./life-index";
import { createPresenceReader, type PresenceReader } from "./presence-view";
import { viewRow } from "./row";
import type { Scene } from "./scene";
import { workOn } from "./slices";
import { type TopicIndex, topicIndexOf } from "./topic-index";

/** A window of all channels, at the moment that is looked at. */
export function answerChannels(query: ChannelsQuery): Answerer {
  const presences = createPresenceReader();
  return onEvents((scene) => viewChannels(createLines(scene, presences), query));
}

/** One channel: its joins, and its newest frames. */
export function answerChannel(query: ChannelQuery): Answerer {
  const presences = createPresenceReader();
  return onEvents((scene) => viewChannel(createLines(scene, presences), query));
}

/** Any event may be one of a channel's. */
function onEvents(view: (scene: Scene) => ChannelsView | ChannelDetailView): Answerer {
  let seen = "";
  return (scene) => {
    const { recording, at } = scene;
    const { journal } = recording;
    const [traffic, life] = [topicIndexOf(journal), lifeIndexOf(journal.engine)];
    workOn(traffic, scene);
    workOn(life, scene);
    const upTo = at === null ? journal.length() : `at ${at}`;
    const stamp = [recording.id(), traffic.left(), life.left(), upTo].join();
    if (stamp === seen) return null;
    seen = stamp;
    return view(scene);
  };
}

/** What lines are made of, at one moment. */
type Lines = {
  readonly journal: Journal;
  readonly faces: readonly ConnectionAt[];
  /** Null: now. */
  readonly at: number | null;
  /** The event after which nothing counts. */
  readonly seq: number;
  readonly traffic: TopicIndex;
  readonly life: LifeIndex;
  readonly presences: PresenceReader;
};

function createLines({ recording: { journal }, at, faces }: Scene, presences: PresenceReader): Lines {
  const [traffic, life] = [topicIndexOf(journal), lifeIndexOf(journal.engine)];
  return { journal, faces: faces(), at, seq: at ?? journal.length(), traffic, life, presences };
}

function viewChannels(lines: Lines, { text, locate, from: wanted, count }: ChannelsQuery): ChannelsView {
  const channels = findChannels(lines.faces, text);
  const total = channels.length;
  const from = wanted === "end" ? Math.max(0, total - count) : wanted;
  const row = channels.findIndex(
    ({ connection, channel }) => connection.id === locate?.connection && channel.topic === locate.topic,
  );
  return {
    ...{ kind: "channels", from, total },
    rows: channels.slice(from, from + count).map((channel) => viewLine(lines, channel)),
    located: row === -1 ? null : row,
    uncounted: lines.traffic.uncounted(),
    left: lines.traffic.left(),
  };
}

function viewLine(lines: Lines, { connection, channel }: OwnedChannel): ChannelLine {
  const { journal, at, seq, traffic, presences } = lines;
  const { topic, join_ref, state, kind, live } = channel;
  const key: ChannelKey = { connection: connection.id, topic };
  const { received, sent, bytes, last } = traffic.countAt(key, seq);
  const present = presences.countAt(live, at);
  const root = kind === "root" ? connection.roots.find((one) => one.topic === topic) : undefined;
  return {
    ...{ ...key, state, kind, join_ref, joins: countJoins(lines, key), received, sent, bytes, present },
    last:
      last === null
        ? null
        : { seq: last, t: journal.engine.timeOf(last), event: journal.entry(last)?.name ?? "" },
    root_id: root?.root_id ?? null,
  };
}

function viewChannel(lines: Lines, { connection, topic, last }: ChannelQuery): ChannelDetailView {
  const { journal, faces, traffic, seq } = lines;
  const key: ChannelKey = { connection, topic };
  const channel = findChannel(faces, key);
  const recent: Row[] = [];
  for (const place of traffic.newestAt(key, seq, last)) {
    const entry = journal.isKept(place) ? journal.entry(place) : undefined;
    if (entry !== undefined) recent.push(viewRow(journal, place, entry));
  }
  return {
    ...{ kind: "channel", ...key, joins: viewJoins(lines, key), recent },
    line: channel === undefined ? null : viewLine(lines, channel),
  };
}

function countJoins({ journal, life, seq }: Lines, key: ChannelKey): number {
  const places = life.joinsOf(key);
  const { timeline } = journal.engine;
  return countPassing(places.length(), (nth) => (timeline.at(places.at(nth) ?? 0)?.seq ?? 0) <= seq);
}

function viewJoins(lines: Lines, key: ChannelKey): readonly Join[] {
  const places = lines.life.joinsOf(key);
  const joins: Join[] = [];
  for (let nth = countJoins(lines, key) - 1; nth >= 0 && joins.length < MAX_JOINS; nth--) {
    const entry = lines.journal.engine.timeline.at(places.at(nth) ?? 0);
    if (entry?.kind === "channel") joins.push(viewJoin(lines, entry));
  }
  return joins;
}

function viewJoin({ journal, seq: at }: Lines, { seq, nth, exchange }: ChannelEntry): Join {
  const { timeOf } = journal.engine;
  const reply_seq = exchange?.reply_seq ?? null;
  const join = { seq, t: timeOf(seq), nth };
  const answer = reply_seq === null || reply_seq > at ? null : answerAt(journal, reply_seq);
  if (reply_seq === null || answer === null) {
    return { ...join, answer: "none", reply: null, reason: null, meaning: null };
  }
  return {
    ...join,
    answer: answer.what === "joined" ? "joined" : "refused",
    reply: { seq: reply_seq, ms: toMilliseconds(timeOf(reply_seq) - timeOf(seq)) },
    reason: answer.refusal?.reason ?? null,
    meaning: answer.refusal?.meaning ?? null,
  };
}

/** The answer to a join in the timeline; null where it is not there any more. */
function answerAt({ engine: { timeline } }: Journal, seq: number): ChannelEntry | null {
  for (let place = timeline.placeOf(seq); ; place++) {
    const entry = timeline.at(place);
    if (entry?.seq !== seq) return null;
    if (entry.kind === "channel") return entry;
  }
}
