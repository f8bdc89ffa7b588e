/**
 * Calls what must keep nobody else from going on. What it throws goes to `failed`, also where it is asynchronous in spite
 * of its type: a promise that nobody waits for would end the process.
 */
export function callSafely(call: () => unknown, failed: (error: unknown) => void): void {
  try {
    const given = call();
    if (given instanceof Promise) given.catch(failed);
  } catch (error) {
    failed(error);
  }
}
