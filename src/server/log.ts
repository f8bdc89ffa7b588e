/** Takes one line for a person who runs the server. */
export type Log = (line: string) => void;

/** How much of one line is kept: a payload may stand in an error's message. */
const MAX_LINE_CHARS = 8_000;

/** One line about something that was thrown; the stack, where there is one, follows it. */
export function describeError(error: unknown): string {
  return error instanceof Error ? (error.stack ?? `${error.name}: ${error.message}`) : String(error);
}

/**
 * A log in which nobody can forge a line, or write to a terminal, by what a client sent: further lines are indented, and
 * control characters are written out.
 */
export function cleanLog(log: Log): Log {
  return (line) =>
    log(
      line
        .replace(CONTROL, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`)
        .replaceAll("\n", "\n  "),
    );
}

/** All but the line's end. */
const CONTROL = /[^\P{Cc}\n]/gu;

/**
 * A log for what one client causes: a client must not be able to fill the disk. After `maxLines` lines a last one says
 * that no more of them follow; `whose` names the client there.
 */
export function boundLog(log: Log, whose: string, maxLines: number): Log {
  let lines = 0;
  return (line) => {
    lines += 1;
    if (lines <= maxLines) log(shorten(line));
    else if (lines === maxLines + 1)
      log(`${whose} has caused ${maxLines} lines; no more of them are logged.`);
  };
}

function shorten(line: string): string {
  if (line.length <= MAX_LINE_CHARS) return line;
  return `${line.slice(0, MAX_LINE_CHARS)} ... (${line.length - MAX_LINE_CHARS} more characters)`;
}
