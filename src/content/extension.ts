import type { PageRequest } from "../bridge/page-message";
import type { Port } from "../bridge/port";

/** The extension that holds the capture. Once it was reloaded or removed, what it does may throw or reject. */
export type Extension = {
  readonly isGone: () => boolean;
  readonly connect: () => Port;
  readonly request: (request: PageRequest) => Promise<unknown>;
  /** Leaves something for a background that cannot be asked now; does nothing where a browser has no place for it. */
  readonly leave: (items: { [key: string]: string }) => Promise<unknown>;
};
