import type { Json } from "../../wire/json";
import type { Change, ChangeOp } from "./change";
import { createColumn } from "./column";
import type { Area } from "./draft";

/**
 * Changes in the order in which they were made. There may be millions of them: they are kept in columns, because an
 * object a change would cost several times as much, most of it in garbage collection.
 */
export type ChangeLog = {
  readonly add: (
    area: Area,
    op: ChangeOp,
    path: string,
    left: Json | undefined,
    entered: Json | undefined,
  ) => void;
  readonly length: () => number;
  /** The change at this place, counted from 0. */
  readonly at: (place: number) => Change;
  /** The changes from one place to another, the last one not included. */
  readonly slice: (from: number, to: number) => readonly Change[];
  /** Forgets the newest changes, down to this many. */
  readonly cut: (length: number) => void;
  /** Forgets this many of the oldest. */
  readonly forget: (count: number) => void;
};

export function createChangeLog(): ChangeLog {
  const areas = createColumn<Area>();
  const ops = createColumn<ChangeOp>();
  const paths = createColumn<string>();
  const lefts = createColumn<Json | undefined>();
  const entereds = createColumn<Json | undefined>();
  const columns = [areas, ops, paths, lefts, entereds];

  function at(place: number): Change {
    const [area, op, path] = [areas.at(place), ops.at(place), paths.at(place)];
    if (area === undefined || op === undefined || path === undefined) {
      throw new Error(`There is no change ${place} in a log of ${paths.length()}.`);
    }
    return { area, op, path, left: lefts.at(place), entered: entereds.at(place) };
  }

  return {
    add(area, op, path, left, entered) {
      areas.push(area);
      ops.push(op);
      paths.push(path);
      lefts.push(left);
      entereds.push(entered);
    },
    length: paths.length,
    at,
    slice(from, to) {
      const changes: Change[] = [];
      for (let place = from; place < to; place++) changes.push(at(place));
      return changes;
    },
    cut(length) {
      for (const column of columns) column.cut(length);
    },
    forget(count) {
      for (const column of columns) column.forget(count);
    },
  };
}
