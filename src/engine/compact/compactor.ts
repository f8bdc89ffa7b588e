import type { BaseEvent, FrameEvent, SessionEvent } from "../../session/event";
import type { Frame } from "../../wire/frame";
import { EVENT } from "../../wire/protocol";
import type { Engine, Folded } from "../engine";
import { isMusubiTopic } from "../fold/channel-kind";
import type { LiveChannel, LiveRoot } from "../live";
import { channelBase, emptyChannelBase } from "./channel-base";
import { createLooseEvents, isLooseGap } from "./loose-events";
import { createQueuedDiffs } from "./queued-diffs";
import { type BaseAddress, emptyRootBase, rootBase } from "./root-base";

/**
 * Folds earlier history away, as session-format.md allows: envelopes, answered pushes, broadcasts, presence and
 * heartbeats go, and a `base` comes for each root and channel that they were about. Everything else stays as it is. So
 * do the pushes, their replies and the envelopes that told something which no base carries (`Folded.is_lasting`): the
 * mount that a root began with holds its place among the others.
 *
 * A session in which the events up to one were folded leads to the same connections, channels, presence and roots as
 * the session itself, after every later event. What a fold does not carry is history: commands and push events that are
 * over, problems, the messages of the assigns lens, what went over upload channels, the reason why a root that is there
 * was refused another mount.
 */
export type Compactor = {
  /** Takes note of an event and of what folding it told: every event that the engine folds, in order. */
  readonly note: (event: SessionEvent, folded: Folded) => void;
  /** Events that stay, by their `seq`. A base among them may say less than it did. Never to be written to. */
  readonly kept: ReadonlyMap<number, SessionEvent>;
  /** What all the others amount to by now. */
  readonly bases: () => readonly BaseEvent[];
  /** What stands for all events so far: those that stay, and the bases behind them. */
  readonly compacted: () => readonly SessionEvent[];
};

/**
 * A compactor that goes along with an engine, from its first event on. It holds no more than what it gives.
 * @param maxLooseChars about how many characters of what stays may be of no use to any state (`LooseEvents`)
 */
export function createCompactor(engine: Engine, maxLooseChars: number = Number.POSITIVE_INFINITY): Compactor {
  const kept = new Map<number, SessionEvent>();
  const loose = createLooseEvents(kept, maxLooseChars);
  const queued = createQueuedDiffs((seq) => kept.delete(seq));
  /** Pushes that stay although they will be answered. */
  const lasting = new Set<number>();
  /** Of these something was folded away: they need a base. */
  const changed = new WeakSet<LiveRoot | LiveChannel>();
  /** The base that stays, because with it the root or the channel began. */
  const founding = new WeakMap<LiveRoot | LiveChannel, number>();
  /** Where the last base of a root belonged: one that was refused is on no channel. */
  const addresses = new WeakMap<LiveRoot, BaseAddress>();

  function markChanged(subject: LiveRoot | LiveChannel | null): void {
    if (subject === null || changed.has(subject)) return;
    changed.add(subject);
    emptyFounding(subject);
  }

  function emptyFounding(subject: LiveRoot | LiveChannel): void {
    const seq = founding.get(subject);
    const base = seq === undefined ? undefined : kept.get(seq);
    if (seq === undefined || base?.type !== "base") return;
    kept.set(seq, "root_id" in base ? emptyRootBase(base) : emptyChannelBase(base));
  }

  function noteBase(event: BaseEvent, { seq, root, channel, is_lasting }: Folded): void {
    const subject = root ?? channel;
    if (channel !== null) queued.trim(channel);
    if (subject === null) {
      // It belongs to nothing that is known, and says so again wherever it stands.
      kept.set(seq, event);
      return;
    }
    if (root !== null) addresses.set(root, { socket: event.socket, join_ref: event.join_ref });
    if (!is_lasting) {
      markChanged(subject);
      return;
    }
    // It says all there is to say of its subject, so that nothing before it matters any more.
    emptyFounding(subject);
    changed.delete(subject);
    founding.set(subject, seq);
    kept.set(seq, event);
  }

  function noteReply(event: FrameEvent, { seq, answers, root, is_lasting }: Folded): void {
    const isPushLasting = answers !== null && lasting.delete(answers);
    if (answers !== null) loose.settle(answers);
    if (is_lasting || isPushLasting) kept.set(seq, event);
    else if (answers === null) loose.keep(seq, event);
    else {
      // A gap may stand there instead: the push has waited for too long.
      if (kept.get(answers)?.type === "out") kept.delete(answers);
      markChanged(root);
    }
  }

  function noteFrame(event: FrameEvent, frame: Frame, folded: Folded): void {
    const { seq, root, channel, is_lasting } = folded;
    if (event.type === "out") {
      if (is_lasting || frame.event === EVENT.join || frame.event === EVENT.leave) {
        kept.set(seq, event);
        lasting.add(seq);
      } else if (isMounting(frame)) kept.set(seq, event);
      else loose.keep(seq, event);
    } else if (frame.event === EVENT.reply) noteReply(event, folded);
    else if (is_lasting || frame.event === EVENT.close || frame.event === EVENT.error) kept.set(seq, event);
    else {
      if (channel !== null) notePresence(event, channel, frame, seq);
      markChanged(root ?? channel);
    }
  }

  function notePresence(event: FrameEvent, channel: LiveChannel, frame: Frame, seq: number): void {
    if (frame.event === EVENT.presenceDiff && channel.queued_diffs.length > 0) {
      kept.set(seq, event);
      queued.add(channel, seq);
    } else queued.trim(channel);
  }

  function bases(): readonly BaseEvent[] {
    const t = engine.timeOf(engine.seq);
    const made: BaseEvent[] = [];
    for (const { roots, channels } of engine.connections) {
      for (const root of roots) {
        const address = root.channel ?? addresses.get(root);
        if (changed.has(root) && address !== undefined) made.push(rootBase(root, address, t));
      }
      for (const channel of channels) {
        const base = changed.has(channel) ? channelBase(channel, t) : null;
        if (base !== null) made.push(base);
      }
    }
    return made;
  }

  return {
    note(event, folded) {
      const { seq, frame } = folded;
      switch (event.type) {
        case "base":
          noteBase(event, folded);
          break;
        case "out":
        case "in":
          if (frame === null) loose.keep(seq, event);
          else noteFrame(event, frame, folded);
          break;
        case "error":
        case "unknown":
        case "broken":
          loose.keep(seq, event);
          break;
        case "gap":
          if (isLooseGap(event)) loose.keep(seq, event);
          else kept.set(seq, event);
          break;
        default:
          kept.set(seq, event);
      }
    },
    kept,
    bases,
    compacted: () => [...kept.values(), ...bases()],
  };
}

/** Without them their answers, which may yet come, would bring no root and end none. */
function isMounting({ event, topic }: Frame): boolean {
  return isMusubiTopic(topic) && (event === EVENT.mount || event === EVENT.unmount);
}
