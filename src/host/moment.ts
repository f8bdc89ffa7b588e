import type { Moment, MomentFault, Position } from "../bridge/moment";
import { stepFrom } from "../engine/ask/step";
import { type Cursor, createCursor } from "../engine/content/cursor";
import type { Content } from "../engine/content/draft";
import type { History } from "../engine/content/history";
import type { Engine, LiveRoot } from "../engine/engine";
import type { ConnectionAt } from "../engine/fold/faces";
import { assertNever } from "../wire/assert-never";
import type { Recording } from "./recording";
import type { Scene } from "./scene";

/**
 * Where one panel is in the session that it looks at. A moment is one of its session: in any other the panel is at the
 * newest event.
 */
export type PanelMoment = {
  /**
   * Goes there; null: to the newest event, and on with every other. Where that cannot be done it stays, and tells why.
   * A step leads on from where it is.
   */
  readonly seek: (recording: Recording, to: Moment | null) => MomentFault | null;
  /** Null: at the newest event, whichever that is. */
  readonly position: (recording: Recording) => Position | null;
  /** What there is to be seen there, of what there is now. */
  readonly sceneOf: (now: Scene) => Scene;
  /** Goes to the newest event, and lets go of all that it kept. */
  readonly leave: () => void;
};

/** What is kept of one session from one seek to the next. */
type Visit = {
  readonly recording: Recording;
  /** One a root: a place near the last one is soon reached. */
  readonly cursors: Map<History, Cursor>;
  place: Place | null;
};

type Place = {
  readonly seq: number;
  readonly faces: readonly ConnectionAt[];
  /** What has been looked at. Its history may be let go while it is. */
  readonly contents: Map<History, Content>;
};

/** The moment of a panel that has not gone anywhere yet. */
export function createPanelMoment(): PanelMoment {
  let visit: Visit | null = null;

  function visitOf(recording: Recording): Visit {
    if (visit?.recording !== recording) visit = { recording, cursors: new Map(), place: null };
    return visit;
  }

  return {
    seek(recording, to) {
      const here = visitOf(recording);
      if (to === null) {
        here.place = null;
        return null;
      }
      const { engine } = recording.journal;
      const seq = seqOf(engine, here.place?.seq ?? engine.seq, to);
      if (seq === null) return "nothing_further";
      if (seq > engine.seq) return "no_such_event";
      const faces = engine.isSkipped(seq) ? "truncated" : engine.facesAt(seq);
      if (faces === "truncated") return "truncated";
      here.place = { seq, faces, contents: new Map() };
      return null;
    },
    position(recording) {
      const { place } = visitOf(recording);
      const { engine } = recording.journal;
      if (place === null) return null;
      const { seq } = place;
      const newest = engine.seq;
      return { seq, t: engine.timeOf(seq), newest, newest_t: engine.timeOf(newest) };
    },
    sceneOf(now) {
      const { place, cursors } = visitOf(now.recording);
      if (place === null) return now;
      const contentOf = (root: LiveRoot): Content | "truncated" => readContent(place, cursors, root.history);
      return { ...now, at: place.seq, faces: () => place.faces, contentOf };
    },
    leave() {
      visit = null;
    },
  };
}

/** The event that a moment means; null where a step finds none. */
function seqOf(engine: Engine, from: number, to: Moment): number | null {
  switch (to.kind) {
    case "seq":
      return to.seq;
    case "time":
      return engine.seqAt(to.t);
    case "step":
      return stepFrom(engine, from, to.by, to.direction, to.root);
    default:
      return assertNever(to);
  }
}

function readContent(
  { seq, contents }: Place,
  cursors: Map<History, Cursor>,
  history: History,
): Content | "truncated" {
  const known = contents.get(history);
  if (known !== undefined) return known;
  const cursor = cursors.get(history) ?? createCursor(history);
  cursors.set(history, cursor);
  const content = cursor.seek(seq);
  if (content !== "truncated") contents.set(history, content);
  return content;
}
