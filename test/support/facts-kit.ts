/** What the functions that look for facts are made of. Everything here runs in a page or a worker. */
export type FactsKit = {
  /** What `run` gives, or what it throws, as text. */
  readonly attempt: (run: () => unknown) => unknown;
  /** What a promise comes to, or what it is rejected with, as text. */
  readonly settle: (run: () => unknown) => Promise<unknown>;
  readonly once: <Heard extends Event>(target: EventTarget, type: string) => Promise<Heard>;
  /** The attributes of a property, and what kind of thing it is. */
  readonly descriptor: (object: object, key: PropertyKey) => unknown;
  /** What a function says of itself. */
  readonly describe: (method: unknown) => unknown;
  readonly wait: (ms: number) => Promise<void>;
};

/** Travels to the page as text, so it stands alone. */
export function createFactsKit(): FactsKit {
  const say = (error: unknown): string =>
    error instanceof Error || error instanceof DOMException
      ? `${error.constructor.name} ${error.name}: ${error.message}`
      : `threw ${JSON.stringify(error)}`;
  return {
    attempt(run) {
      try {
        return run();
      } catch (error) {
        return say(error);
      }
    },
    async settle(run) {
      try {
        return await run();
      } catch (error) {
        return say(error);
      }
    },
    once: (target, type) =>
      new Promise((resolve) => {
        target.addEventListener(type, (event) => resolve(event as never), { once: true });
      }),
    descriptor(object, key) {
      const { value, get, set, ...attributes } = Object.getOwnPropertyDescriptor(object, key) ?? {};
      return { ...attributes, value: typeof value, get: typeof get, set: typeof set };
    },
    describe(method) {
      if (typeof method !== "function") return typeof method;
      const text = Function.prototype.toString.call(method);
      return [
        method.name,
        method.length,
        Reflect.ownKeys(method).map(String).sort(),
        text.includes("[native code]"),
        Object.getPrototypeOf(method) === Function.prototype,
        "prototype" in method,
      ];
    },
    wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
  };
}
