import { parseArgs } from "node:util";

/** What was asked for cannot be understood. Its message is a sentence for the person who typed it. */
export class UsageError extends Error {}

type Spec = Readonly<Record<string, { readonly type: "string" | "boolean" }>>;

type Values<Wanted extends Spec> = {
  readonly [Name in keyof Wanted]?: Wanted[Name]["type"] extends "string" ? string : boolean;
};

/** Reads the options of a command that takes no other arguments. Throws a `UsageError` for anything else. */
export function readOptions<Wanted extends Spec>(args: readonly string[], options: Wanted): Values<Wanted> {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: false }).values;
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // Node adds hints on `--` after the first sentence, which do not help here.
    const [sentence = error.message] = error.message.split(/(?<=\.) |\. /);
    throw new UsageError(sentence.endsWith(".") ? sentence : `${sentence}.`);
  }
}

/** A port from the command line; undefined where none was given. */
export function readPort(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const port = Number(text);
  if (/^\d{1,5}$/.test(text) && port <= 65535) return port;
  throw new UsageError(`"${text}" is no port: give a number from 0 (any free port) to 65535.`);
}
