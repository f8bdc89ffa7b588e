/** The listeners of one event, for ports that are made by hand. */
export function createListeners<Arguments extends readonly unknown[]>(): {
  readonly add: (listener: (...args: Arguments) => void) => () => void;
  readonly call: (...args: Arguments) => void;
} {
  const listeners = new Set<(...args: Arguments) => void>();
  return {
    add(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    call(...args) {
      for (const listener of [...listeners]) listener(...args);
    },
  };
}
