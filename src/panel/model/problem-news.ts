import { type ReadonlySignal, signal } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import { effectUntil } from "./lifetime";
import type { Delay } from "./schedule";

/** Problems that have come, and how many there are with them. */
export type ProblemNews = { readonly fresh: number; readonly total: number };

/** However many problems come, they are told of no more often than this. */
const TOLD_EVERY_MS = 5_000;

/**
 * What is said aloud of problems as they come; null: nothing yet. What a session had when it came in view is not news:
 * the count beside the view's name says it.
 */
export function createProblemNews(
  overview: ReadonlySignal<OverviewView | null>,
  delay: Delay,
  lifetime: AbortSignal,
): ReadonlySignal<ProblemNews | null> {
  const news = signal<ProblemNews | null>(null);
  let session: string | null = null;
  let told = 0;
  let cancel: (() => void) | null = null;

  function rest(): void {
    cancel?.();
    cancel = null;
  }

  function tell(): void {
    cancel = null;
    const total = overview.peek()?.session.problems ?? told;
    news.value = { fresh: total - told, total };
    told = total;
  }

  effectUntil(lifetime, () => {
    const now = overview.value?.session;
    if (now === undefined) return;
    if (now.id !== session) {
      session = now.id;
      told = now.problems;
      news.value = null;
      rest();
    } else if (now.problems > told) cancel ??= delay(tell, TOLD_EVERY_MS);
  });
  lifetime.addEventListener("abort", rest, { once: true });
  return news;
}
