import type { Moment, MomentFault, Position, StepBy } from "../../src/bridge/moment";
import type { Row } from "../../src/bridge/view";

/** Where one panel is among rows that are all there is of a session. */
export type FakeMoment = {
  /** Null: at the newest one. */
  readonly at: () => number | null;
  readonly seek: (to: Moment | null) => { readonly at: Position | null; readonly fault: MomentFault | null };
  readonly forget: () => void;
};

export function createFakeMoment(rows: () => readonly Row[]): FakeMoment {
  let at: number | null = null;

  function position(): Position | null {
    const newest = rows().at(-1);
    const row = rows().find(({ seq }) => seq === at);
    if (row === undefined || newest === undefined) return null;
    return { seq: row.seq, t: row.t, newest: newest.seq, newest_t: newest.t };
  }

  return {
    at: () => at,
    seek(to) {
      const found = to === null ? null : find(rows(), at, to);
      if (found !== undefined) at = found?.seq ?? null;
      const why = to?.kind === "step" ? "nothing_further" : "no_such_event";
      return { at: position(), fault: found === undefined ? why : null };
    },
    forget() {
      at = null;
    },
  };
}

function find(rows: readonly Row[], at: number | null, to: Moment): Row | undefined {
  switch (to.kind) {
    case "seq":
      return rows.find(({ seq }) => seq === to.seq);
    case "time":
      return atTime(rows, to.t);
    case "step": {
      const from = at ?? rows.at(-1)?.seq ?? 0;
      const isNext = (row: Row): boolean => isStep(row, to.by);
      return to.direction === 1
        ? rows.find((row) => row.seq > from && isNext(row))
        : rows.findLast((row) => row.seq < from && isNext(row));
    }
  }
}

/** Times may go back: an event counts as no earlier than any before it. */
function atTime(rows: readonly Row[], t: number): Row | undefined {
  const after = rows.findIndex((row) => row.t > t);
  return after === -1 ? rows.at(-1) : rows[after - 1];
}

function isStep(row: Row, by: StepBy): boolean {
  switch (by) {
    case "event":
      return true;
    case "envelope":
      return row.event === "patch";
    case "command":
      return row.event === "command";
    case "problem":
      return row.problem !== null;
  }
}
