import { describe, expect, it } from "vitest";
import { createTurnstile } from "../../src/host/turnstile";

describe("a turnstile", () => {
  it("lets in at once, and what came while it was held afterwards, in order", async () => {
    const { enter, hold, order } = open();
    enter("a");
    const release = hold();
    enter("b");
    enter("c");
    expect(order).toEqual(["a"]);

    await release();
    enter("d");
    expect(order).toEqual(["a", "b", "c", "d"]);
  });

  it("keeps the order when one that is let in brings another, or holds up the rest", async () => {
    const { turnstile, enter, hold, order } = open();
    const release = hold();
    let releaseAgain = release;
    turnstile.enter(() => {
      enter("late");
      releaseAgain = hold();
    });
    enter("a");
    await release();
    expect(order).toEqual([]);

    await releaseAgain();
    expect(order).toEqual(["a", "late"]);
  });

  it("keeps the order of what is brought while the rest is let in", async () => {
    const { turnstile, enter, hold, order } = open();
    const release = hold();
    turnstile.enter(() => enter("late"));
    enter("a");
    await release();
    expect(order).toEqual(["a", "late"]);
  });
});

function open() {
  const turnstile = createTurnstile();
  const order: string[] = [];
  return {
    ...{ turnstile, order },
    enter: (name: string) => turnstile.enter(() => order.push(name)),
    hold() {
      let resolve = (): void => undefined;
      const promise = new Promise<void>((settle) => {
        resolve = settle;
      });
      turnstile.hold(promise);
      return async () => {
        resolve();
        await promise;
      };
    },
  };
}
