import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";

const SECOND_MS = 1_000;

/** By how much a number that only grows has grown in the last second. */
export function useRate(count: number): number {
  const rate = useSignal(0);
  const now = useRef(count);
  now.current = count;
  useEffect(() => {
    let last = now.current;
    const timer = setInterval(() => {
      // A root that was mounted again counts from 1 again.
      rate.value = Math.max(0, now.current - last);
      last = now.current;
    }, SECOND_MS);
    return () => clearInterval(timer);
  }, [rate]);
  return rate.value;
}
