import { signal } from "@preact/signals";
import { useLayoutEffect, useRef } from "preact/hooks";
import { useSize } from "./use-size";

/** CSS pixels that a `rem` has where nobody chose another size of text. */
const USUAL_REM = 16;
/** As in the style sheet: long, so that the whole pixels of what is measured are exact enough. */
const MEASURED_REMS = 100;

/**
 * How large text is, 1 being its usual size. The style sheet has its sizes in `rem`, and so follows a person's choice by
 * itself; what is computed in pixels is multiplied by this.
 */
export const textScale = signal(1);

/** Measures the size of text, and follows its changes. */
export function TextScale() {
  const ref = useRef<HTMLDivElement>(null);
  const { width } = useSize(ref).value;
  useLayoutEffect(() => {
    if (width > 0) textScale.value = width / (USUAL_REM * MEASURED_REMS);
  }, [width]);
  return <div ref={ref} class="text-scale" />;
}
