import { describe, expect, it } from "vitest";
import { createStoredStanding } from "../../src/content/stored-standing";

const at = (seq: number) => ({ seq, bytes: seq * 10 });

describe("where a host stands whatever happens to it", () => {
  it("is not known before it has said so", () => {
    expect(createStoredStanding(null).current()).toBeNull();
  });

  it("is where it resumed, until it has stored more", () => {
    const stored = createStoredStanding(null);
    stored.resume(at(2));
    for (const seq of [4, 6, 8]) stored.acknowledge(at(seq));
    expect(stored.current()).toEqual(at(2));
    stored.store(6);
    expect(stored.current()).toEqual(at(6));
    stored.store(7);
    expect(stored.current()).toEqual(at(6));
    stored.store(8);
    expect(stored.current()).toEqual(at(8));
  });

  it("is where it had stored, although it holds more when it resumes", () => {
    const stored = createStoredStanding(at(3));
    stored.resume(at(5));
    expect(stored.current()).toEqual(at(3));
    stored.store(5);
    expect(stored.current()).toEqual(at(5));
  });

  it("is where it resumes when it has lost what it had stored", () => {
    const stored = createStoredStanding(at(3));
    stored.resume(at(1));
    expect(stored.current()).toEqual(at(1));
  });

  it("is never further than that, however much is not stored", () => {
    const stored = createStoredStanding(at(0));
    for (let seq = 1; seq <= 5_000; seq++) stored.acknowledge(at(seq));
    stored.store(3_000);
    const { seq, bytes } = stored.current() ?? at(0);
    expect(seq).toBeGreaterThan(0);
    expect(seq).toBeLessThanOrEqual(3_000);
    expect(bytes).toBe(seq * 10);
  });
});
