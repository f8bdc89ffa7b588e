import { expect } from "vitest";
import { isObject } from "../../../../src/wire/json";
import { type NaiveOp, naivePatch } from "../../../support/naive-patch";

/** How a capture numbers the entry refs that a server makes up. */
const CAPTURED_REF = /^u_\d{4}$/;

/** Compares what a server sends with what was recorded, up to the refs that it makes up and the choice of ops. */
export class RecordedFrames {
  /** Entry refs by the capture's names for them. */
  readonly #refs = new Map<string, string>();
  #recorded: unknown = null;
  #actual: unknown = null;

  /** The document that the patches have led to. */
  get state(): unknown {
    return this.#actual;
  }

  /** What the recorded client sent, with this server's refs. */
  toSend(payload: unknown): unknown {
    if (typeof payload === "string") return this.#refs.get(payload) ?? payload;
    if (Array.isArray(payload)) return payload.map((item) => this.toSend(item));
    if (!isObject(payload)) return payload;
    return Object.fromEntries(Object.entries(payload).map(([key, value]) => [key, this.toSend(value)]));
  }

  /** Expects the payload that came to say what the recorded one says. */
  expectSame(recorded: unknown, actual: unknown): void {
    this.#learnRefs(recorded, actual);
    if (!isObject(recorded) || !isObject(actual)) throw new Error("Every recorded payload is an object.");
    const { ops: recordedOps, ...rest } = recorded;
    const { ops, ...actualRest } = actual;
    expect(actualRest).toEqual(this.toSend(rest));
    expect(Array.isArray(ops)).toBe(Array.isArray(recordedOps));
    if (recordedOps === undefined) return;
    // Any equivalent list will do (wire.md 7).
    this.#recorded = applied(this.#recorded, recordedOps);
    this.#actual = applied(this.#actual, ops);
    expect(this.#actual).toEqual(this.#recorded);
    expect(isEmpty(ops)).toBe(isEmpty(recordedOps));
  }

  /** The refs stand where the capture's do. */
  #learnRefs(recorded: unknown, actual: unknown): void {
    if (typeof recorded === "string" && CAPTURED_REF.test(recorded) && !this.#refs.has(recorded)) {
      this.#refs.set(recorded, expectRef(actual));
    } else if (isObject(recorded) && isObject(actual)) {
      for (const [key, value] of Object.entries(recorded)) this.#learnRefs(value, actual[key]);
    } else if (Array.isArray(recorded) && Array.isArray(actual)) {
      for (const [index, value] of recorded.entries()) this.#learnRefs(value, actual[index]);
    }
  }
}

function expectRef(value: unknown): string {
  if (typeof value === "string" && /^u_[\w-]{11}$/.test(value)) return value;
  throw new Error(`An entry's ref should stand here, but it is ${JSON.stringify(value)}.`);
}

function applied(document: unknown, ops: unknown): unknown {
  const patched = naivePatch(document, readOps(ops));
  if (patched === undefined) throw new Error(`These operations do not fit: ${JSON.stringify(ops)}`);
  return patched.result;
}

function readOps(ops: unknown): readonly NaiveOp[] {
  if (!Array.isArray(ops)) throw new Error("An envelope has a list of ops.");
  return ops.map((op): NaiveOp => op);
}

function isEmpty(ops: unknown): boolean {
  return Array.isArray(ops) && ops.length === 0;
}
