import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Moment } from "../../src/bridge/moment";
import { createSeeks } from "../../src/panel/model/seeks";
import { createFakeMoment } from "../support/fake-moment";
import { row } from "../support/panel-views";

const EVENTS = 10;

/** A host that works a seek off when it is told to, that dies and comes back knowing of no moment. */
function setUp() {
  const rows = Array.from({ length: EVENTS }, (_, index) => row(index + 1));
  const sent: { readonly turn: number; readonly to: Moment | null }[] = [];
  let moment = createFakeMoment(() => rows);
  const seeks = createSeeks((turn, to) => sent.push({ turn, to }));
  return {
    ...{ seeks, sent },
    /** @returns how many seeks the host had to do */
    workOff(): number {
      const waiting = sent.length;
      const seek = sent.shift();
      if (seek !== undefined) {
        seeks.receive({ kind: "sought", turn: seek.turn, ...moment.seek(seek.to) });
      }
      return waiting;
    },
    die() {
      sent.length = 0;
      moment = createFakeMoment(() => rows);
      seeks.stop();
    },
  };
}

type Host = ReturnType<typeof setUp>;

const ACTS: fc.Arbitrary<(host: Host) => void> = fc.oneof(
  fc.integer({ min: 1, max: EVENTS }).map(
    (seq) =>
      ({ seeks }: Host) =>
        seeks.seek({ kind: "seq", seq }),
  ),
  fc.constant(({ seeks }: Host) => seeks.seek(null)),
  fc.constant(({ workOff }: Host) => void workOff()),
  fc.constant(({ die, seeks }: Host) => {
    die();
    seeks.start();
  }),
);

describe("the seeks of a panel", () => {
  it("end where a person last wanted to be, one at a time, however often the host dies", () => {
    fc.assert(
      fc.property(fc.array(ACTS, { maxLength: 30 }), (acts) => {
        const host = setUp();
        const { seeks } = host;
        let wanted: Moment | null = null;
        seeks.start();
        for (const act of acts) {
          act(host);
          wanted = seeks.wanted.value === null ? wanted : seeks.wanted.value.to;
          expect(host.sent.length).toBeLessThanOrEqual(1);
        }
        while (host.workOff() > 0) expect(host.sent.length).toBeLessThanOrEqual(1);
        expect(seeks.wanted.value).toBeNull();
        expect(seeks.at.value?.seq ?? null).toBe(wanted?.kind === "seq" ? wanted.seq : null);
      }),
    );
  });

  it("take no answer but the one that is waited for", () => {
    const { seeks, sent } = setUp();
    seeks.start();
    seeks.seek({ kind: "seq", seq: 3 });
    seeks.forget();
    const [old] = sent;
    const at = { seq: 3, t: 3, newest: 10, newest_t: 10 };
    expect(seeks.awaits(old?.turn ?? 0)).toBe(false);
    seeks.receive({ kind: "sought", turn: old?.turn ?? 0, at, fault: null });
    expect(seeks.at.value).toBeNull();
  });

  it("say what became of the newest wish only", () => {
    const { seeks, workOff } = setUp();
    seeks.start();
    seeks.seek({ kind: "seq", seq: 99 });
    seeks.seek({ kind: "seq", seq: 2 });
    workOff();
    expect(seeks.fault.value).toBeNull();
    workOff();
    expect(seeks.at.value?.seq).toBe(2);
    expect(seeks.fault.value).toBeNull();
  });

  it("are back at the newest event where the moment is not there any more", () => {
    const { seeks, workOff, die, sent } = setUp();
    seeks.start();
    seeks.seek({ kind: "seq", seq: 3 });
    workOff();
    die();
    seeks.start();
    const [again] = sent;
    seeks.receive({ kind: "sought", turn: again?.turn ?? 0, at: null, fault: "truncated" });
    expect(seeks.at.value).toBeNull();
    expect(seeks.fault.value).toEqual({ to: { kind: "seq", seq: 3 }, why: "truncated" });
  });
});
