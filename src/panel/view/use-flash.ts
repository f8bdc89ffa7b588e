import { useRef } from "preact/hooks";

/** Which of two equal animations to run: changing from one to the other starts it anew. */
export type Flash = "odd" | "even" | undefined;

/**
 * A highlight for a line whose `stamp`, the update that changed it last, has moved on since the line came. A line that
 * came with the `latest` update is new, and flashes too.
 */
export function useFlash(stamp: number, latest: number): Flash {
  const seen = useRef(stamp === latest ? 0 : stamp);
  if (stamp === seen.current) return undefined;
  return stamp % 2 === 0 ? "even" : "odd";
}

/**
 * A highlight for a line whose number, the event that changed it last, has risen since the line came. From 0, where it
 * is not known, nothing rises; and what goes back, as in the past, has not changed just now.
 */
export function useRiseFlash(seq: number): Flash {
  const last = useRef({ seq, rises: 0 });
  const { seq: before, rises } = last.current;
  if (before !== seq) last.current = { seq, rises: before > 0 && seq > before ? rises + 1 : rises };
  return useFlash(last.current.rises, -1);
}
