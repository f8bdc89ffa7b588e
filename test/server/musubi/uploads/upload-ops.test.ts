import { describe, expect, it } from "vitest";
import {
  coalesce,
  PROGRESS_INTERVAL_MS,
  ProgressThrottle,
  type QueuedOp,
  type SentOp,
} from "../../../../src/server/musubi/uploads/upload-ops";

const progress = (ref: string, value: number, upload = "avatar"): QueuedOp => ({
  op: "progress",
  upload,
  ref,
  progress: value,
});
const complete = (ref: string): QueuedOp => ({ op: "complete", upload: "avatar", ref });
const sent = (op: QueuedOp, storeId: readonly string[] = []): SentOp => ({ ...op, store_id: storeId });

describe("progress in the queue", () => {
  it("is told once an entry, with its last value at the place of its first", () => {
    const ops = [progress("a", 1), progress("b", 5), progress("a", 2), progress("a", 3)];
    expect(coalesce(ops)).toEqual([progress("a", 3), progress("b", 5)]);
  });

  it("is not drawn across another op", () => {
    const ops = [progress("a", 50), complete("b"), progress("a", 60)];
    expect(coalesce(ops)).toEqual(ops);
  });

  it("of the same ref under two uploads is of two entries", () => {
    const ops = [progress("a", 1, "avatar"), progress("a", 2, "cover")];
    expect(coalesce(ops)).toEqual(ops);
  });
});

describe("the throttle", () => {
  it("passes an entry's progress once in its interval, and drops the rest", () => {
    const throttle = new ProgressThrottle();
    const pass = (value: number, now: number) => throttle.pass([sent(progress("a", value))], now).length;
    expect([pass(1, 0), pass(2, PROGRESS_INTERVAL_MS - 1), pass(3, PROGRESS_INTERVAL_MS)]).toEqual([1, 0, 1]);
    expect(PROGRESS_INTERVAL_MS).toBe(100);
  });

  it("knows entries apart by store, upload and ref", () => {
    const throttle = new ProgressThrottle();
    const ops = [
      sent(progress("a", 1)),
      sent(progress("b", 1)),
      sent(progress("a", 1, "cover")),
      sent(progress("a", 1), ["kid"]),
    ];
    expect(throttle.pass(ops, 0)).toEqual(ops);
    expect(throttle.pass(ops, 1)).toEqual([]);
  });

  it("passes everything else", () => {
    const throttle = new ProgressThrottle();
    throttle.pass([sent(progress("a", 1))], 0);
    const rest = [sent(progress("a", 100)), sent(complete("a"))];
    expect(throttle.pass(rest, 1)).toEqual([sent(complete("a"))]);
  });

  it.each([
    ["cancelled", { op: "cancel", upload: "avatar", ref: "a" }],
    ["reset", { op: "reset", upload: "avatar" }],
  ] as const)("forgets what was %s", (_name, op) => {
    const throttle = new ProgressThrottle();
    throttle.pass([sent(progress("a", 1)), sent(op)], 0);
    expect(throttle.pass([sent(progress("a", 1))], 1)).toHaveLength(1);
  });
});
