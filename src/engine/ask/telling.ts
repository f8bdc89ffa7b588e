import type { Json } from "../../wire/json";
import type { Engine } from "../engine";
import type { Confidence } from "../fold/command";

/** What is told of a revision besides itself. */
export type Telling = {
  /** When its event came, in milliseconds of the session. */
  readonly t: number;
  /** The command that it is attributed to, and how sure that is; null where there is none, or none is known any more. */
  readonly cause: {
    readonly seq: number;
    readonly name: Json;
    readonly confidence: Confidence | null;
  } | null;
};

/** What the session knows of the revision that event `seq` brought. */
export function tellOf({ timeline, timeOf }: Pick<Engine, "timeline" | "timeOf">, seq: number): Telling {
  const t = timeOf(seq);
  for (let place = timeline.placeOf(seq); ; place++) {
    const entry = timeline.at(place);
    if (entry?.seq !== seq) return { t, cause: null };
    if (entry.kind !== "envelope" || entry.command === null) continue;
    const { name, confidence } = entry.command;
    return { t, cause: { seq: entry.command.seq, name, confidence } };
  }
}
