import { accountedBytes, type PageEvent } from "../bridge/page-event";
import { type ContentMessage, isHostToContentMessage } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Buffer } from "./buffer";

/** One message carries about this much; Chrome refuses messages over 64 MB. */
const MAX_BATCH_BYTES = 1024 * 1024;
/** This many batches may be on their way unacknowledged: a slow host is not flooded, the buffer keeps the rest. */
const MAX_UNACKNOWLEDGED = 8;

/** Carries a document's events to its host over one port, from wherever that host says it stands. */
export type Relay = {
  /** Sends what the buffer has and the host has not. */
  readonly pump: () => void;
  readonly announceTap: () => void;
  readonly close: () => void;
};

export function createRelay(
  port: Port,
  buffer: Buffer,
  hello: { readonly document: string; readonly url: string; readonly tap: boolean },
): Relay {
  // Unknown until the host has said where to resume.
  let sent: { seq: number; bytes: number } | null = null;
  let unacknowledged: number[] = [];

  const post = (message: ContentMessage): void => port.post(message);

  function pump(): void {
    while (sent !== null && sent.seq < buffer.last() && unacknowledged.length < MAX_UNACKNOWLEDGED) {
      const { first, events } = buffer.after(sent.seq, sent.bytes, MAX_BATCH_BYTES);
      sent = { seq: first + events.length - 1, bytes: sent.bytes + bytesOf(events) };
      unacknowledged.push(sent.seq);
      post({ kind: "events", first, events });
    }
  }

  port.onMessage((message) => {
    if (!isHostToContentMessage(message)) return;
    if (message.kind === "resume") {
      sent = { seq: message.after, bytes: message.bytes };
      unacknowledged = [];
    } else unacknowledged = unacknowledged.filter((seq) => seq > message.upTo);
    pump();
  });
  post({ kind: "hello", ...hello });

  return { pump, announceTap: () => post({ kind: "tap" }), close: () => port.close() };
}

function bytesOf(events: readonly PageEvent[]): number {
  return events.reduce((sum, event) => sum + accountedBytes(event), 0);
}
