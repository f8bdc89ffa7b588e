import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Moment } from "../../src/bridge/moment";
import { createSeeks, MAX_RETURNS, RETURN_MS } from "../../src/panel/model/seeks";
import { createClock } from "../support/clock";
import { createFakeMoment } from "../support/fake-moment";
import { row } from "../support/panel-views";

const EVENTS = 10;

/** A host that works a seek off when it is told to, that dies and comes back knowing of no moment. */
function setUp() {
  const all = Array.from({ length: EVENTS }, (_, index) => row(index + 1));
  let rows = all;
  const sent: { readonly turn: number; readonly to: Moment | null }[] = [];
  const clock = createClock();
  let moment = createFakeMoment(() => rows);
  const seeks = createSeeks({
    send: (turn, to) => sent.push({ turn, to }),
    ...{ arrive: (change) => change(), delay: clock.delay },
  });
  return {
    ...{ seeks, sent, clock },
    /** @returns how many seeks the host had to do */
    workOff(): number {
      const waiting = sent.length;
      const seek = sent.shift();
      if (seek !== undefined) {
        seeks.receive({ kind: "sought", turn: seek.turn, ...moment.seek(seek.to) });
      }
      return waiting;
    },
    /** @param stored how many events the next host knows until the page has sent the others `again` */
    die(stored = EVENTS) {
      sent.length = 0;
      rows = all.slice(0, stored);
      moment = createFakeMoment(() => rows);
      seeks.stop();
    },
    sendAgain() {
      rows = all;
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

describe("the seeks of a panel whose next host does not know the moment yet", () => {
  /** A panel at event 3, and a host that knows two events. */
  function comeBack() {
    const panel = setUp();
    const { seeks, workOff, die } = panel;
    seeks.start();
    seeks.hear("1");
    seeks.seek({ kind: "seq", seq: 3 });
    workOff();
    die(2);
    seeks.start();
    workOff();
    return panel;
  }

  it("stay there until it does, and go on then with what was asked for", () => {
    const { seeks, sent, clock, workOff, sendAgain } = comeBack();
    expect([sent, seeks.at.value?.seq]).toEqual([[], 3]);
    seeks.seek({ kind: "step", by: "event", direction: 1, root: null });
    clock.pass(RETURN_MS);
    workOff();
    expect(seeks.at.value?.seq).toBe(3);
    sendAgain();
    clock.pass(RETURN_MS);
    while (workOff() > 0);
    expect([seeks.at.value?.seq, seeks.fault.value]).toEqual([4, null]);
  });

  it("give up when it never does, and say so", () => {
    const { seeks, clock, workOff } = comeBack();
    for (let passed = 0; passed < MAX_RETURNS; passed++) {
      expect(seeks.at.value?.seq).toBe(3);
      clock.pass(RETURN_MS);
      workOff();
    }
    expect(seeks.at.value).toBeNull();
    expect(seeks.fault.value).toEqual({ to: { kind: "seq", seq: 3 }, why: "no_such_event" });
  });

  it("give up sooner where it tells another session, not where it tells none yet", () => {
    const { seeks, clock, workOff } = comeBack();
    seeks.hear("");
    clock.pass(RETURN_MS);
    workOff();
    expect(seeks.at.value?.seq).toBe(3);
    seeks.hear("2");
    clock.pass(RETURN_MS);
    workOff();
    expect(seeks.at.value).toBeNull();
  });

  it("do not wait where a person goes elsewhere, or the host dies again", () => {
    const { seeks, sent, clock, die } = comeBack();
    die(2);
    clock.pass(RETURN_MS);
    expect(sent).toEqual([]);
    seeks.start();
    seeks.seek(null);
    seeks.receive({ kind: "sought", turn: sent[0]?.turn ?? 0, at: null, fault: "no_such_event" });
    expect(sent.at(-1)?.to).toBeNull();
  });
});
