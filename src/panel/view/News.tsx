import { useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";
import type { Panel } from "../model/panel";
import { createProblemNews, type ProblemNews } from "../model/problem-news";
import { delay } from "../model/schedule";
import { sayCount } from "../text/say";

/** Says politely, to those who do not see the counts, that problems have come. */
export function News({ panel: { overview } }: { readonly panel: Pick<Panel, "overview"> }) {
  const news = useSignal<ProblemNews | null>(null);
  useEffect(() => {
    const lifetime = new AbortController();
    const told = createProblemNews(overview, delay, lifetime.signal);
    const stop = told.subscribe((next) => {
      news.value = next;
    });
    return () => {
      stop();
      lifetime.abort();
    };
  }, [overview, news]);
  return (
    <p class="visually-hidden" role="status" data-news>
      {news.value !== null && sayCount("problems_news", news.value.fresh, news.value.total)}
    </p>
  );
}
