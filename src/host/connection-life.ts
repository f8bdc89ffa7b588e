import {
  type AttemptLine,
  type Beat,
  type Close,
  type ConnectionLifeView,
  type ConnectionQuery,
  MAX_BEATS,
  MAX_SPANS,
  MAX_TRANSPORTS,
} from "../bridge/life-view";
import { countPassing } from "../engine/content/count-passing";
import type { Engine } from "../engine/engine";
import { toMilliseconds } from "../engine/fold/milliseconds";
import type { Answerer } from "./answerer";
import { spansOf } from "./connection-spans";
import type { Journal } from "./journal";
import { type LifeIndex, type List, lifeIndexOf, type Turn } from "./life-index";
import { workOn } from "./slices";

/** The life of one connection, up to the moment that is looked at. A connection that is not there has none. */
export function answerConnection({ connection }: ConnectionQuery): Answerer {
  let seen = "";
  /** Up to when it was told, when that was by the clock, and whether there is a call for the rest. */
  let told = { to_t: Number.NaN, now: 0, isCalled: false };
  return (scene) => {
    const { recording, at, again } = scene;
    const { journal } = recording;
    const { engine } = journal;
    const index = lifeIndexOf(engine);
    workOn(index, scene);
    const upTo = at === null ? stampOf(engine, index, connection) : `at ${at}`;
    const stamp = [recording.id(), index.left(), upTo].join();
    const to_t = engine.timeOf(at ?? engine.seq);
    if (stamp === seen) {
      if (to_t === told.to_t) return null;
      const rest = told.now + STEP_MS - scene.now();
      // The last of what happens elsewhere is told, too, where nothing follows that would have it told.
      if (rest > 0 && !told.isCalled) again(rest);
      if (rest > 0) {
        told.isCalled = true;
        return null;
      }
    }
    seen = stamp;
    told = { to_t, now: scene.now(), isCalled: false };
    return viewLife(journal, index, connection, at ?? engine.seq);
  };
}

/** While only other things happen, a life goes on no more often than this. */
const STEP_MS = 250;

/** What becomes of it depends on this. */
function stampOf({ timeline }: Engine, index: LifeIndex, id: number): string {
  const beats = index.beatsOf(id);
  const newest = timeline.at(beats.at(beats.length() - 1) ?? -1);
  const reply = newest?.kind === "heartbeat" ? newest.exchange?.reply_seq : null;
  return [index.turnsOf(id).length(), beats.length(), reply].join();
}

function viewLife(journal: Journal, index: LifeIndex, id: number, at: number): ConnectionLifeView {
  const { engine } = journal;
  const turns = index.turnsOf(id);
  const to_t = engine.timeOf(at);
  const spans = spansOf(turns, at, engine.timeOf, to_t).slice(-MAX_SPANS);
  const { closes, attempts } = readTransports(journal, turns, at);
  return {
    ...{ kind: "connection", id, from_t: spans[0]?.from_t ?? to_t, to_t, spans },
    ...{ closes: closes.slice(-MAX_TRANSPORTS), closes_total: closes.length },
    ...{ attempts: attempts.slice(-MAX_TRANSPORTS), attempts_total: attempts.length },
    ...readBeats(engine, index, id, at),
  };
}

function readTransports(journal: Journal, turns: List<Turn>, at: number) {
  const closes: Close[] = [];
  /** By their sockets, in the order in which they were made. */
  const attempts = new Map<number, AttemptLine>();
  for (let nth = 0; nth < turns.length(); nth++) {
    const turn = turns.at(nth);
    if (turn === undefined || turn.seq > at) break;
    if (turn.kind === "page") continue;
    const { what, seq, socket, attempt, code } = turn;
    const t = journal.engine.timeOf(seq);
    if (what === "close") closes.push({ seq, t, socket, code: code ?? 0, ...readClose(journal, seq) });
    if (attempt === null) continue;
    if (what === "socket") attempts.set(socket, { ...attempt, open_ms: null });
    const known = attempts.get(socket);
    if (what === "open" && known?.open_ms === null) {
      attempts.set(socket, { ...known, open_ms: toMilliseconds(t - attempt.t) });
    }
  }
  return { closes, attempts: [...attempts.values()] };
}

function readClose(journal: Journal, seq: number): Pick<Close, "reason" | "clean"> {
  const event = journal.entry(seq)?.event;
  return event?.type === "close"
    ? { reason: event.reason, clean: event.clean }
    : { reason: null, clean: null };
}

function readBeats(
  { timeline, timeOf }: Engine,
  index: LifeIndex,
  id: number,
  at: number,
): Pick<ConnectionLifeView, "beats" | "beats_total"> {
  const places = index.beatsOf(id);
  const seqAt = (nth: number): number => timeline.at(places.at(nth) ?? 0)?.seq ?? 0;
  const total = countPassing(places.length(), (nth) => seqAt(nth) <= at);
  const beats: Beat[] = [];
  for (let nth = Math.max(0, total - MAX_BEATS); nth < total; nth++) {
    const entry = timeline.at(places.at(nth) ?? 0);
    if (entry?.kind !== "heartbeat") continue;
    const { seq, exchange } = entry;
    const reply = exchange?.reply_seq ?? null;
    const isAnswered = reply !== null && reply <= at;
    beats.push({
      seq,
      t: timeOf(seq),
      rtt_ms: isAnswered ? toMilliseconds(timeOf(reply) - timeOf(seq)) : null,
    });
  }
  return { beats, beats_total: total };
}
