import { type Archive, createArchive } from "../content/history";
import type { PushEventDocument, StoreId } from "../inspection";
import { addProblem, type Problem, type ProblemCode, placedAt } from "../problem";
import type { ChannelRecord } from "./channel";
import type { CommandRecord } from "./command";
import type { ConnectionRecord } from "./connection";
import type { IdleConnections } from "./idle-connections";
import type { Names } from "./kept-name";
import type { Limited, Limits } from "./limits";
import type { RootRecord } from "./root";
import { createTimeline, type OwnTimeline } from "./timeline";
import type { TransportRecord } from "./transport";

/** Everything that the events so far amount to, and what the one that is being folded tells. */
export type FoldState = {
  seq: number;
  /** Characters of the frame that is being folded, and the bytes of its payload where that is binary. */
  size: number;
  /** Characters of the frames whose commands, replies and push events are kept. */
  kept_chars: number;
  data_bytes: number;
  /** Where the histories of roots and channels are made. */
  readonly archive: Archive;
  /** The time of event `seq`. */
  t: number;
  readonly transports: Map<number, TransportRecord>;
  readonly connections: ConnectionRecord[];
  /** Connections that a new transport may continue, oldest first, by what must be equal for that. */
  readonly chains: Map<string, IdleConnections<ConnectionRecord>>;
  /** Sockets that were never announced and have been reported as such. */
  readonly strangers: Set<number>;
  readonly commands: CommandRecord[];
  readonly events: PushEventDocument[];
  readonly problems: Problem[];
  readonly timeline: OwnTimeline;
  /** Names that the timeline keeps. */
  readonly names: Names;
  readonly limits: Limits;
  /** Of what there is too much has been reported. */
  readonly told: Set<Limited>;
  /** The last event that tells of others which could not be kept; 0 before the first. */
  gap_seq: number;
  /** How many of the connections, the first ones, belong to pages that are gone. */
  ended_connections: number;
  /** Whether a page was seen to load, so that the next one that does replaces it. */
  has_page: boolean;
  /** Of the event that is being folded: the root that it concerns, and the push that it answers. */
  root: RootRecord | null;
  answers: number | null;
  /** And the channel instance on which it was heard. */
  channel: ChannelRecord | null;
  /** It told something that later events build on and that no base carries: it cannot be folded away. */
  is_lasting: boolean;
};

/** A state into which nothing has been folded. @param maxHistoryChars characters that all histories may take */
export function createFoldState(maxHistoryChars: number, limits: Limits): FoldState {
  return {
    seq: 0,
    size: 0,
    kept_chars: 0,
    data_bytes: 0,
    archive: createArchive(maxHistoryChars),
    t: 0,
    transports: new Map(),
    connections: [],
    chains: new Map(),
    strangers: new Set(),
    commands: [],
    events: [],
    problems: [],
    timeline: createTimeline(limits.timeline_entries),
    names: new Map(),
    limits,
    told: new Set(),
    gap_seq: 0,
    ended_connections: 0,
    has_page: false,
    root: null,
    answers: null,
    channel: null,
    is_lasting: false,
  };
}

/**
 * Reports a problem at the event that is being folded. `message` is a sentence for a person.
 * @param store_id the store of the event's root that it is about
 */
export function report(fold: FoldState, code: ProblemCode, message: string, store_id?: StoreId): void {
  const { seq } = fold;
  addProblem(fold.problems, placedAt({ seq, code, message }, store_id));
}
