import type { Json } from "../wire/json";
import type { HeldContent } from "./root-state";

export type RootStatus = "mounting" | "mounted" | "reconnecting" | "unmounted";

/** A root at one moment. Nothing in it ever changes. */
export class RootSnapshot {
  readonly status: RootStatus;
  /** 0 until the first envelope of this mount has come. */
  readonly version: number;
  /** The wire tree, kept from before while reconnecting. Null before the very first envelope. */
  readonly state: Json;
  readonly #held: HeldContent;

  constructor(status: RootStatus, version: number, held: HeldContent) {
    this.status = status;
    this.version = version;
    this.state = held.state;
    this.#held = held;
  }

  /**
   * The state as an app wants it: a stream is the array of its items, an async value `{status, data, error}`, an upload
   * `{config, entries, errors}`. The same object until an envelope changes something.
   */
  get data(): Json {
    return this.#held.data;
  }
}
