/** Takes one line for a person who runs the server. */
export type Log = (line: string) => void;

/** One line about something that was thrown; the stack, where there is one, follows it. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}
