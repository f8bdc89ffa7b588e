import { type Asker, createAsker } from "../engine/ask/asker";
import { createEngine } from "../engine/engine";
import { createSessionIntake, type SessionIntake } from "./session-intake";

/** Folds a session file as it comes in, to be asked about when it has. */
export type SessionAsker = {
  readonly intake: SessionIntake;
  /** @param truncatedLine the line that the file ends in the middle of; null for a whole file */
  readonly asker: (truncatedLine: number | null) => Asker;
};

export function createSessionAsker(): SessionAsker {
  const engine = createEngine();
  const texts: (string | null)[] = [];
  return {
    intake: createSessionIntake((event) => {
      engine.fold(event);
      texts.push("text" in event && event.type !== "mark" && event.type !== "broken" ? event.text : null);
    }),
    asker(truncatedLine) {
      if (truncatedLine !== null) engine.truncate(truncatedLine);
      return createAsker(engine, (seq) => texts[seq - 1] ?? null);
    },
  };
}
