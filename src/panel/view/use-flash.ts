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

/** Counts the changes of a value since the component came: a stamp for `useFlash`. */
export function useChangeFlash(value: string | number): Flash {
  const last = useRef({ value, changes: 0 });
  if (last.current.value !== value) last.current = { value, changes: last.current.changes + 1 };
  return useFlash(last.current.changes, -1);
}
