import type { CaptureView } from "../bridge/view";
import type { Recording } from "./recording";

/** What there is to be seen now. */
export type Scene = {
  /** Names the session for as long as its page is the same one. */
  readonly session: string;
  readonly recording: Recording;
  readonly capture: CaptureView;
};
