import { type ReadonlySignal, useSignal } from "@preact/signals";
import { useEffect } from "preact/hooks";

/** What decides how a canvas looks, and is no property of it: each of them is a media query. */
const QUERIES = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-contrast: more)"];

/** Counts the changes of the theme and of the screen's resolution: what draws on a canvas draws anew. */
export function useThemeStamp(): ReadonlySignal<number> {
  const stamp = useSignal(0);
  useEffect(() => {
    const ended = new AbortController();
    const { signal } = ended;
    const count = (): void => {
      stamp.value++;
    };
    const observer = new MutationObserver(count);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
    for (const query of QUERIES) matchMedia(query).addEventListener("change", count, { signal });

    // A resolution matches until it changes: then the next one is to be watched.
    function followResolution(): void {
      const present = matchMedia(`(resolution: ${devicePixelRatio}dppx)`);
      const onChange = (): void => {
        count();
        followResolution();
      };
      present.addEventListener("change", onChange, { once: true, signal });
    }
    followResolution();

    return () => {
      ended.abort();
      observer.disconnect();
    };
  }, [stamp]);
  return stamp;
}
