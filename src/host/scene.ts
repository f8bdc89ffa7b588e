import type { CaptureView, RootKey } from "../bridge/view";
import type { Content } from "../engine/content/draft";
import type { Engine, LiveRoot } from "../engine/engine";
import type { ConnectionAt, RootAt } from "../engine/fold/faces";
import type { SessionEvent } from "../session/event";
import type { Recording } from "./recording";

/** What there is to be seen now. */
export type Scene = {
  /** The session that is looked at. */
  readonly recording: Recording;
  /** It goes on. */
  readonly isLive: boolean;
  /** What the page says that it is titled now; null where it is gone, or says nothing. */
  readonly title: string | null;
  /** The session before the live one, which can be looked at; null where there is none. */
  readonly past: Recording | null;
  readonly capture: CaptureView;
  /** The event after which everything is shown; null: the newest one, whichever that is. */
  readonly at: number | null;
  /** The connections as they stood at that moment, with their channels and roots. */
  readonly faces: () => readonly ConnectionAt[];
  /** What a root held at that moment. */
  readonly contentOf: (root: LiveRoot) => Content | "truncated";
  /** Gives an event of the session that memory has let go; null: it is not at hand, or not yet. */
  readonly recall: (seq: number) => SessionEvent | null;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
  /** When work that takes long is to be put off, by that clock. */
  readonly until: number;
  /**
   * Asks that all views be brought up to date once more, soon: there was more to do than could be done at once.
   * @param ms or after about so many milliseconds
   */
  readonly again: (ms?: number) => void;
};

/** The root of this name as it stood at the moment of the scene; undefined where there was none then. */
export function findRootAt({ faces }: Scene, key: RootKey): RootAt | undefined {
  return faces()
    .find((connection) => connection.id === key.connection)
    ?.roots.find((root) => root.topic === key.topic && root.root_id === key.root_id);
}

/** The connections of a session as they stand now. */
export function presentFaces(engine: Engine): readonly ConnectionAt[] {
  const faces = engine.facesAt(engine.seq);
  if (faces === "truncated") throw new Error("The present is never truncated.");
  return faces;
}
