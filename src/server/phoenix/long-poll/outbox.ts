/** What the next poll can be answered with: the frames up to one that has no form here, or that one. */
export type Outgoing =
  | { readonly kind: "messages"; readonly messages: readonly string[] }
  | { readonly kind: "bytes" }
  | { readonly kind: "nothing" };

/** The frames that wait for a poll, in their order, and how many bytes they are in UTF-8. */
export class Outbox {
  #frames: (string | Uint8Array)[] = [];
  #bytes = 0;

  get bytes(): number {
    return this.#bytes;
  }

  get isEmpty(): boolean {
    return this.#frames.length === 0;
  }

  add(frame: string | Uint8Array): void {
    this.#frames.push(frame);
    this.#bytes += Buffer.byteLength(frame);
  }

  /** Takes the texts that stand first; a binary frame where it stands first, which ends what can be taken. */
  take(): Outgoing {
    if (this.isEmpty) return { kind: "nothing" };
    const messages: string[] = [];
    for (const frame of this.#frames) {
      if (typeof frame !== "string") break;
      messages.push(frame);
    }
    if (messages.length === 0) return { kind: "bytes" };
    this.#frames = this.#frames.slice(messages.length);
    this.#bytes = this.#frames.reduce((sum, frame) => sum + Buffer.byteLength(frame), 0);
    return { kind: "messages", messages };
  }

  clear(): void {
    this.#frames = [];
    this.#bytes = 0;
  }
}
