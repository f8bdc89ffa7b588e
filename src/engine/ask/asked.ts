import type { Answer } from "./answer";

/** A question that is worked off bit by bit, as far as that takes long. */
export type Asked = {
  /** Looks at up to so many more of the things that have to be looked at. */
  readonly extend: (most: number) => void;
  /** About how many there are yet; 0: there are none. */
  readonly left: () => number;
  /** To be called when nothing is left. */
  readonly answer: () => Answer;
};

/** A question that is answered at one go. */
export function askedAtOnce(answer: () => Answer): Asked {
  return { extend: () => undefined, left: () => 0, answer };
}

/** Its answer, however long that takes. */
export function finish({ extend, left, answer }: Asked): Answer {
  while (left() > 0) extend(Number.POSITIVE_INFINITY);
  return answer();
}
