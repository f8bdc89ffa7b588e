import type { Direction, Frame } from "../../wire/frame";

/** Which frames a fault acts on; what is absent matches everything. */
export type FrameMatch = {
  /** Seen from the client: it sends `out`, it gets `in`. */
  readonly direction?: Direction;
  readonly event?: string;
  /** A whole topic, or a prefix that ends in a star: `musubi:*`. */
  readonly topic?: string;
  /** So many matching frames pass first. */
  readonly after?: number;
  /** So many frames are acted on, on all connections of the fault together. */
  readonly count?: number | "every";
};

/** Whether the frame is one of these, counts aside. What cannot be read (null) has no topic and no event. */
export function matchesFrame(match: FrameMatch, direction: Direction, frame: Frame | null): boolean {
  if (match.direction !== undefined && match.direction !== direction) return false;
  if (match.event !== undefined && match.event !== frame?.event) return false;
  return match.topic === undefined || (frame !== null && matchesTopic(match.topic, frame.topic));
}

export function matchesTopic(pattern: string, topic: string): boolean {
  return pattern.endsWith("*") ? topic.startsWith(pattern.slice(0, -1)) : topic === pattern;
}
