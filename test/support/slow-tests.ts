import { it } from "vitest";

/** Whether tests that take minutes run too: `npm run e2e -- --slow` says so, and a CI does by itself. */
export const isSlowRun = process.env.CI === "true" || process.env.SLOW_TESTS === "true";

/** How long one of them may take. */
export const SLOW_TEST_MS = 600_000;

/** Declares a test that takes minutes. In a quick run it is skipped, and the reason is said. */
export function itTakingMinutes(title: string, test: () => Promise<void>): void {
  if (!isSlowRun) console.warn(`Skipped, since it takes minutes (npm run e2e -- --slow runs it): ${title}`);
  it.skipIf(!isSlowRun)(title, { timeout: SLOW_TEST_MS }, test);
}
