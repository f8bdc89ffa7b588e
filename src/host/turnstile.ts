/** Lets in one after the other: at once as a rule, and in the order of their coming after it was held up. */
export type Turnstile = {
  readonly enter: (run: () => void) => void;
  /**
   * Whoever comes from now on waits until the promise resolves; null: nobody waits. To be called while nothing else
   * holds it.
   */
  readonly hold: (until: Promise<unknown> | null) => void;
};

export function createTurnstile(): Turnstile {
  const waiting: (() => void)[] = [];
  let isHeld = false;

  function release(): void {
    isHeld = false;
    while (!isHeld) {
      const run = waiting.shift();
      if (run === undefined) return;
      run();
    }
  }

  return {
    enter(run) {
      if (isHeld || waiting.length > 0) waiting.push(run);
      else run();
    },
    hold(until) {
      if (until === null) return;
      isHeld = true;
      void until.then(release);
    },
  };
}
