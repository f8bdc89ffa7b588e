import type { Log } from "../log";
import type { PushPayload } from "./payload";
import type { PubSub } from "./pubsub";

/** What everything that runs on an endpoint may use of it. */
export type EndpointHandle = {
  readonly pubsub: PubSub;
  readonly log: Log;
  /** What signs cookies and tokens. */
  readonly secret: string;
  /** The time in milliseconds since 1970. */
  readonly now: () => number;
  /** Sends to every client on `topic`. The event `disconnect` on a socket's id ends its connections (wire.md 1.4). */
  readonly broadcast: (topic: string, event: string, payload: PushPayload) => void;
  /** Gives everything published on `topic` to `deliver`; returns the undo. */
  readonly subscribe: (topic: string, deliver: (message: unknown) => void) => () => void;
};
