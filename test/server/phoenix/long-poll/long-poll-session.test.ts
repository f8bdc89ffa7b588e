import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PollOutcome, Session, type SessionEnd } from "../../../../src/server/phoenix/long-poll/session";
import { createClock } from "../../../support/clock";
import { lawRuns } from "../../../support/law-runs";

const WINDOW_MS = 10;
const EXPIRY_MS = 15;

type Told = PollOutcome | "open";

/** A session whose time the test lets pass, and what everyone was told. */
function startSession({ maxBufferedBytes = 1_000 } = {}) {
  const clock = createClock();
  const ends: SessionEnd[] = [];
  let forgotten = 0;
  const session = new Session({
    windowMs: WINDOW_MS,
    expiryMs: EXPIRY_MS,
    maxBufferedBytes,
    timers: { after: (ms, run) => clock.delay(run, ms), soon: clock.schedule },
    onEnd: (end) => ends.push(end),
    onForgotten: () => {
      forgotten += 1;
    },
  });
  /** Opens a poll: its `told` is what it was answered with. */
  const poll = () => {
    const answers: PollOutcome[] = [];
    const takeBack = session.poll((outcome) => answers.push(outcome));
    return {
      takeBack,
      answers,
      get told(): Told {
        return answers[0] ?? "open";
      },
    };
  };
  return { clock, session, ends, poll, forgotten: () => forgotten };
}

const messages = (...texts: string[]): PollOutcome => ({ kind: "messages", messages: texts });

describe("a poll of a session", () => {
  it("gets what waits for it, at once", () => {
    const { session, poll } = startSession();
    session.send("a");
    session.send("b");
    expect(poll().told).toEqual(messages("a", "b"));
  });

  it("gets what is sent while it is open, all that is sent in one go in one answer", () => {
    const { session, poll, clock } = startSession();
    const open = poll();
    session.send("reply");
    session.send("patch");
    expect(open.told).toBe("open");
    clock.frame();
    expect(open.told).toEqual(messages("reply", "patch"));
  });

  it("is sent home when its window has passed", () => {
    const { poll, clock } = startSession();
    const open = poll();
    clock.pass(WINDOW_MS - 1);
    expect(open.told).toBe("open");
    clock.pass(1);
    expect(open.told).toEqual({ kind: "no_content" });
  });

  it("is sent home by a newer one, which gets what comes", () => {
    const { session, poll, clock } = startSession();
    const older = poll();
    const newer = poll();
    expect(older.told).toEqual({ kind: "no_content" });
    session.send("a");
    clock.frame();
    expect(newer.told).toEqual(messages("a"));
  });

  it("that was taken back leaves what comes to the next", () => {
    const { session, poll, clock } = startSession();
    const gone = poll();
    session.send("a");
    gone.takeBack();
    clock.frame();
    expect(gone.told).toBe("open");
    expect(poll().told).toEqual(messages("a"));
  });

  it("fails where a binary frame is next, after the texts before it, and ends the session", () => {
    const { session, poll, ends, forgotten } = startSession();
    session.send("a");
    session.send(Uint8Array.of(1));
    session.send("b");
    expect(poll().told).toEqual(messages("a"));
    expect(ends).toEqual([]);
    expect(poll().told).toEqual({ kind: "failed" });
    expect(ends).toEqual([{ kind: "binary_push" }]);
    expect(forgotten()).toBe(1);
  });
});

describe("the life of a session", () => {
  it("ends when no poll came for the expiry, counted from the last one's answer", () => {
    const { poll, clock, ends, forgotten } = startSession();
    clock.pass(EXPIRY_MS - 1);
    poll();
    clock.pass(WINDOW_MS);
    clock.pass(EXPIRY_MS - 1);
    expect(ends).toEqual([]);
    clock.pass(1);
    expect(ends).toEqual([{ kind: "expired" }]);
    expect(forgotten()).toBe(1);
  });

  it("ends when more waits than may, counted in bytes of UTF-8", () => {
    const { session, poll, ends } = startSession({ maxBufferedBytes: 4 });
    session.send("é");
    session.send("é");
    expect(ends).toEqual([]);
    session.send("x");
    expect(ends).toEqual([{ kind: "too_many_bytes", bytes: 5 }]);
    expect(poll().told).toEqual({ kind: "gone" });
  });

  it("counts only what still waits", () => {
    const { session, poll, ends } = startSession({ maxBufferedBytes: 4 });
    for (let n = 0; n < 5; n += 1) {
      session.send("four");
      poll();
    }
    expect(ends).toEqual([]);
  });

  it("delivers, when it is closed, what was sent before, then says that it is gone", () => {
    const { session, poll, ends, forgotten } = startSession();
    session.send("last words");
    session.close(1012);
    session.send("too late");
    expect(ends).toEqual([{ kind: "closed", code: 1012 }]);
    expect(forgotten()).toBe(0);
    expect(poll().told).toEqual(messages("last words"));
    expect(forgotten()).toBe(1);
    expect(poll().told).toEqual({ kind: "gone" });
  });

  it("answers the open poll when it is closed", () => {
    const { session, poll, forgotten } = startSession();
    const open = poll();
    session.close(1000);
    expect(open.told).toEqual({ kind: "gone" });
    expect(forgotten()).toBe(1);
  });

  it("gives up what nobody fetches", () => {
    const { session, clock, ends, forgotten } = startSession();
    session.send("last words");
    session.close(1012);
    clock.pass(EXPIRY_MS);
    expect(forgotten()).toBe(1);
    expect(ends).toHaveLength(1);
  });

  it("breaks off when it is cut", () => {
    const { session, poll, ends, forgotten } = startSession();
    const open = poll();
    session.send("never seen");
    session.cut();
    expect(open.told).toEqual({ kind: "cut" });
    expect(ends).toEqual([{ kind: "cut" }]);
    expect(forgotten()).toBe(1);
    expect(poll().told).toEqual({ kind: "gone" });
  });
});

type Step = "send" | "poll" | "take back" | "soon" | "pass 1 ms" | "pass the window";

const step = fc.constantFrom<Step>(
  "send",
  "send",
  "poll",
  "poll",
  "take back",
  "soon",
  "pass 1 ms",
  "pass the window",
);

describe("any interleaving of polls and pushes", () => {
  it("loses and doubles nothing and keeps the order, and answers each poll once (seed 61)", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), fc.boolean(), (steps, isClosed) => {
        const { session, poll, clock, ends } = startSession();
        const polls: ReturnType<typeof poll>[] = [];
        const left = new Set<(typeof polls)[number]>();
        const sent: string[] = [];
        for (const [at, what] of steps.entries()) {
          if (what === "send" && ends.length === 0) sent.push(`message ${at}`);
          if (what === "send") session.send(`message ${at}`);
          if (what === "poll") polls.push(poll());
          const last = polls.at(-1);
          if (what === "take back" && last?.told === "open") left.add(last);
          if (what === "take back") last?.takeBack();
          if (what === "soon") clock.frame();
          if (what === "pass 1 ms") clock.pass(1);
          if (what === "pass the window") clock.pass(WINDOW_MS);
          expect(polls.every((each) => each.answers.length <= (left.has(each) ? 0 : 1))).toBe(true);
          // A poll that nobody takes back is answered when the next one comes, if not before.
          expect(polls.slice(0, -1).every((each) => left.has(each) || each.told !== "open")).toBe(true);
        }
        if (isClosed) session.close(1000);
        polls.push(poll());
        clock.frame();
        const delivered = polls.flatMap(({ told }) =>
          told !== "open" && told.kind === "messages" ? told.messages : [],
        );
        const isExpired = ends.some(({ kind }) => kind === "expired");
        expect(delivered).toEqual(isExpired ? sent.slice(0, delivered.length) : sent);
      }),
      { seed: 61, numRuns: lawRuns() },
    );
  });
});
