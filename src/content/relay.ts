import { type ContentMessage, isHostToContentMessage, type PageStatus } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Buffer, Standing } from "./buffer";
import { createStoredStanding } from "./stored-standing";

/** One message carries about this much; Chrome refuses messages over 64 MB. */
const MAX_BATCH_BYTES = 1024 * 1024;
/** This many batches may be on their way unacknowledged: a slow host is not flooded, the buffer keeps the rest. */
const MAX_UNACKNOWLEDGED = 8;
/**
 * A port over which nothing was acknowledged for so long is dead: one that went through Chromium's back-forward cache
 * does not say so (design.md, Contexts that need care).
 */
export const STALL_MS = 5000;

/** Carries a document's events to its host over one port, from wherever that host says it stands. */
export type Relay = {
  /** Sends what the buffer has and the host has not. */
  readonly pump: () => void;
  readonly announce: (status: PageStatus) => void;
  /**
   * Where the host stands even if its background is killed now; null: no host has ever said where it stands, or it has
   * said that nobody looks any more.
   */
  readonly standing: () => Standing | null;
  readonly close: () => void;
};

type Environment = {
  readonly port: Port;
  readonly buffer: Buffer;
  /** What `standing` said of an earlier port. */
  readonly known: Standing | null;
  readonly hello: { readonly document: string; readonly url: string; readonly status: PageStatus };
  readonly delay: (run: () => void, ms: number) => () => void;
  /** The host has said that it looks. */
  readonly welcomed: () => void;
  /** The port is dead: another one is needed. */
  readonly stalled: () => void;
  /** The host has said that nobody looks any more. */
  readonly dismissed: () => void;
};

export function createRelay(environment: Environment): Relay {
  const { port, buffer, known, hello, delay, welcomed, stalled, dismissed } = environment;
  // Unknown until the host has said where to resume.
  let acknowledged: Standing | null = null;
  let underWay: Standing[] = [];
  let stored = createStoredStanding(known);
  let cancelStall: (() => void) | null = null;

  const post = (message: ContentMessage): void => port.post(message);

  function pump(): void {
    while (acknowledged !== null && underWay.length < MAX_UNACKNOWLEDGED) {
      const portion = buffer.after(underWay.at(-1) ?? acknowledged, MAX_BATCH_BYTES);
      if (portion === null) break;
      underWay.push(portion.standing);
      post(portion.message);
    }
    watch();
  }

  /** Has the port watched for as long as something is under way. */
  function watch(): void {
    if (underWay.length > 0) cancelStall ??= delay(stalled, STALL_MS);
    else rest();
  }

  function rest(): void {
    cancelStall?.();
    cancelStall = null;
  }

  function resume(standing: Standing | null): void {
    acknowledged = standing;
    underWay = [];
    rest();
  }

  function acknowledge(upTo: number): void {
    for (const standing of underWay) {
      if (standing.seq > upTo) break;
      acknowledged = standing;
      stored.acknowledge(standing);
    }
    const left = underWay.filter(({ seq }) => seq > upTo);
    if (left.length < underWay.length) rest();
    underWay = left;
  }

  port.onClose(() => resume(acknowledged));
  port.onMessage((message) => {
    if (!isHostToContentMessage(message)) return;
    switch (message.kind) {
      case "resume":
        resume({ seq: message.after, bytes: message.bytes });
        stored.resume({ seq: message.after, bytes: message.bytes });
        buffer.noteResumed(message.after);
        welcomed();
        return pump();
      case "ack":
        acknowledge(message.upTo);
        return pump();
      case "stored":
        stored.store(message.upTo);
        return buffer.noteStored(message.upTo);
      case "bye":
        resume(null);
        stored = createStoredStanding(null);
        return dismissed();
    }
  });
  post({ kind: "hello", ...hello });

  return {
    pump,
    announce: (status) => post({ kind: "status", status }),
    standing: () => stored.current(),
    close() {
      resume(acknowledged);
      port.close();
    },
  };
}
