import { type ReadonlySignal, signal } from "@preact/signals";
import type { Answer } from "../../engine/ask/answer";
import type { Question } from "../../engine/ask/question";
import { isAnswer } from "./answer";
import type { Link } from "./link";

/** One question to the engine at a time, and the newest answer. */
export type Ask = {
  /** Null until the first answer. After `ask` it is the old question's until the new one's comes. */
  readonly told: ReadonlySignal<Told | null>;
  /** Asks something else; null asks nothing and forgets the answer. The same question in the same way changes nothing. */
  readonly ask: (question: Question | null, how?: AskHow) => void;
  /** Asks nothing for now and keeps the answer, until the next `ask`. */
  readonly rest: () => void;
};

/** An answer with the question that it answers. */
export type Told = { readonly question: Question; readonly answer: Answer };

export type AskHow = {
  /** Answered again whenever there is more; without it once, and again only at another moment. */
  readonly follows?: boolean;
  /** What the answer depends on besides: asked anew whenever this differs. */
  readonly stamp?: string;
};

/** Asks nothing yet. */
export function createAsk(link: Link, lifetime: AbortSignal): Ask {
  const told = signal<Told | null>(null);
  let asked = "";
  let stop: (() => void) | null = null;

  function ask(question: Question | null, { follows = false, stamp = "" }: AskHow = {}): void {
    const key = question === null ? "" : JSON.stringify([question, follows, stamp]);
    if (question !== null && (key === asked || lifetime.aborted)) return;
    rest();
    if (question === null) {
      told.value = null;
      return;
    }
    asked = key;
    stop = link.watch({ kind: "ask", question, once: !follows }, (view) => {
      if (view.kind === "answer" && isAnswer(view.answer)) told.value = { question, answer: view.answer };
    });
  }

  function rest(): void {
    asked = "";
    stop?.();
    stop = null;
  }

  lifetime.addEventListener("abort", rest, { once: true });
  return { told, ask, rest };
}
