import type { RefObject } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";

/** Milliseconds that a highlight stays after what it is for. */
const FLASH_MS = 700;

/** The elements that are highlighted, with when that ends, the next to end first. */
const lit = new Map<Element, number>();

/** The number of the latest update while that is news; -1 when it is not, as where it came before the view did. */
export function useNews(updates: number): number {
  const last = useRef({ updates, at: -FLASH_MS });
  const now = performance.now();
  if (last.current.updates !== updates) last.current = { updates, at: now };
  return now - last.current.at < FLASH_MS ? updates : -1;
}

/**
 * For the element of a line whose `stamp`, the update that changed it last, has moved on since the line came: it is
 * highlighted for a while. A line that came with the `latest` update is new, and highlighted too.
 */
export function useFlash(stamp: number, latest: number): RefObject<HTMLSpanElement | null> {
  const element = useRef<HTMLSpanElement>(null);
  const seen = useRef(stamp === latest ? 0 : stamp);
  useLayoutEffect(() => {
    if (stamp === seen.current) return;
    seen.current = stamp;
    if (element.current !== null) light(element.current);
  }, [stamp]);
  return element;
}

/**
 * The same for a line whose number, the event that changed it last, has risen since the line came. From 0, where it is
 * not known, nothing rises; and what goes back, as in the past, has not changed just now.
 */
export function useRiseFlash(seq: number): RefObject<HTMLSpanElement | null> {
  const last = useRef({ seq, rises: 0 });
  const { seq: before, rises } = last.current;
  if (before !== seq) last.current = { seq, rises: before > 0 && seq > before ? rises + 1 : rises };
  return useFlash(last.current.rises, -1);
}

/** Without an animation, which would have the styles of all changing lines computed for every frame. */
function light(element: Element): void {
  element.setAttribute("data-flash", "");
  if (lit.size === 0) setTimeout(putOut, FLASH_MS);
  lit.delete(element);
  lit.set(element, performance.now() + FLASH_MS);
}

function putOut(): void {
  const now = performance.now();
  for (const [element, end] of lit) {
    if (end > now) {
      setTimeout(putOut, end - now);
      return;
    }
    lit.delete(element);
    element.removeAttribute("data-flash");
  }
}
