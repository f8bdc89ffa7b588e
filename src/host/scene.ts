import type { CaptureView } from "../bridge/view";
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
  /** Gives an event of the session that memory has let go; null: it is not at hand, or not yet. */
  readonly recall: (seq: number) => SessionEvent | null;
};
