import type { SessionEvent } from "../session/event";
import { createSessionReader } from "../session/reader";
import type { SessionFault } from "../session/session-fault";
import { failure, type Result, success } from "../wire/result";

/** Takes in a session file chunk by chunk, and hands on its events. */
export type SessionIntake = {
  /** Takes the next chunk of the file's text. */
  readonly push: (chunk: string) => Result<null, SessionFault>;
  /**
   * The file has no more. `isCut`: it ends too early.
   * @returns the line that it ends in the middle of; null for a whole file
   */
  readonly end: (isCut: boolean) => Result<number | null, SessionFault>;
  /** How many lines the file has had so far. */
  readonly lines: () => number;
};

export function createSessionIntake(take: (event: SessionEvent) => void): SessionIntake {
  const reader = createSessionReader();
  return {
    lines: reader.lines,
    push(chunk) {
      const events = reader.push(chunk);
      if (!events.ok) return failure(events.failure);
      for (const event of events.value) take(event);
      return success(null);
    },
    end(isCut) {
      const rest = reader.end();
      if (!rest.ok) return failure(rest.failure);
      for (const event of rest.value.events) take(event);
      return success(rest.value.truncated_line ?? (isCut ? reader.lines() + 1 : null));
    },
  };
}
