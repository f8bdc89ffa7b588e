import { countPassing } from "../content/count-passing";

/** The event that is being folded. */
export type Clock = { readonly seq: number };

/** A value that changes with the events of a session, and what it was after each of them. */
export type Timed<Value> = {
  readonly now: () => Value;
  /** Sets the value from the event on that is being folded. Setting what it is already costs nothing. */
  readonly set: (value: Value) => void;
  /** What it was after event `seq`; undefined where it was not there yet. */
  readonly at: (seq: number) => Value | undefined;
};

/** A value that begins with the event that is being folded. */
export function createTimed<Value>(clock: Clock, first: Value): Timed<Value> {
  // Few values ever change: the lists come with the first change.
  const firstSeq = clock.seq;
  let value = first;
  let past: Moment<Value>[] | null = null;
  return {
    now: () => value,
    set(next) {
      if (Object.is(next, value)) return;
      past ??= [{ seq: firstSeq, value }];
      const last = past[past.length - 1];
      if (last?.seq === clock.seq) past.pop();
      past.push({ seq: clock.seq, value: next });
      value = next;
    },
    at(seq) {
      if (seq < firstSeq) return undefined;
      if (past === null) return value;
      const moments = past;
      return moments[countPassing(moments.length, (place) => (moments[place]?.seq ?? 0) <= seq) - 1]?.value;
    },
  };
}

type Moment<Value> = { readonly seq: number; readonly value: Value };
