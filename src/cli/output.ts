import type { Writable } from "node:stream";

/** Where a command that prints a file's content writes to. */
export type Output = { readonly stdout: Writable; readonly stderr: Writable };

/** The exit status of a command that cannot read its file, or its question. */
export const UNREADABLE = 2;

/** Says in one line why a command gives up, whatever a file's text brought into the message. */
export async function giveUp({ stderr }: Output, command: string, why: string): Promise<number> {
  await write(stderr, `musubi-devtools ${command}: ${why.replace(/\s+/g, " ")}\n`);
  return UNREADABLE;
}

/** Resolves once the text has left this process, so that nothing is cut off when it ends. */
export function write(stream: Writable, text: string): Promise<void> {
  return new Promise((resolve) => {
    // A reader that closed the pipe early (`| head`) wants no more: that is no error.
    const done = (): void => resolve();
    stream.once("error", done);
    stream.write(text, () => {
      stream.off("error", done);
      resolve();
    });
  });
}
