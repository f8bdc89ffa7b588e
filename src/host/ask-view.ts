import type { AskQuery } from "../bridge/view";
import type { Asked } from "../engine/ask/asked";
import { isJsonObject, type Json } from "../wire/json";
import type { Answerer } from "./answerer";
import type { Recording } from "./recording";
import { workOn } from "./slices";

/** Answers a question of the engine's: about the moment that is shown, unless it names another itself. */
export function answerQuestion({ question, once = false }: AskQuery): Answerer {
  let seen: { readonly recording: Recording; readonly at: number | null; readonly length: number } | null =
    null;
  /** What is worked on until it can be told. What comes meanwhile is not waited for, else it might never be. */
  let asked: Asked | null = null;
  return (scene) => {
    const { recording, at } = scene;
    const { asker, length } = recording.journal;
    const dated = at === null ? question : dateQuestion(question, at);
    // What an answer rests on may be anything that was recorded, if only up to its moment.
    const isFixed = once || dated !== question;
    const isSame = seen !== null && seen.recording === recording && seen.at === at;
    if (!isSame || (asked === null && !isFixed && seen?.length !== length())) {
      seen = { recording, at, length: length() };
      asked = asker.begin(dated);
    }
    if (asked === null) return null;
    workOn(asked, scene);
    if (asked.left() > 0) return null;
    const answer = asked.answer();
    asked = null;
    return { kind: "answer", answer };
  };
}

/** Which field of a question names the event after which it is asked. The timeline is always that of the whole session. */
const DATES: ReadonlyMap<Json | undefined, "seq" | "to_seq"> = new Map([
  ["inspect", "seq"],
  ["store", "seq"],
  ["stream", "seq"],
  ["upload", "seq"],
  ["assigns", "seq"],
  ["history", "seq"],
  ["blame", "seq"],
  ["search", "seq"],
  ["changes", "to_seq"],
  ["diff", "to_seq"],
  ["compare", "to_seq"],
]);

function dateQuestion(question: Json, at: number): Json {
  if (!isJsonObject(question)) return question;
  const field = DATES.get(question.kind);
  return field === undefined || question[field] !== undefined ? question : { ...question, [field]: at };
}
