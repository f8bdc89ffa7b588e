import type { SessionEvent } from "../../session/event";
import { createEngine } from "../engine";
import { createCompactor } from "./compactor";

/** The events that stand for a whole session, or for its beginning (`Compactor`). Never more than there were. */
export function compactSession(events: Iterable<SessionEvent>): readonly SessionEvent[] {
  const engine = createEngine(0);
  const compactor = createCompactor(engine);
  for (const event of events) compactor.note(event, engine.fold(event));
  return compactor.compacted();
}
