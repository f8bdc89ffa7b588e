import { spawn } from "node:child_process";
import { ROOT } from "./root";

export type Outcome = {
  /** Whether it ended with status 0. */
  readonly ok: boolean;
  /** What it wrote, standard error included, in the order in which it came. */
  readonly output: string;
  readonly stdout: string;
};

export type RunOptions = {
  /** Ends the process when it aborts. */
  readonly signal?: AbortSignal;
  /** Where it runs; in the repository where nothing is said. */
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Called with what the process writes, as it comes. */
  readonly onOutput?: (text: string) => void;
};

/** Runs a Node program in the repository until it ends, without input. Never rejects: what went wrong is the output. */
export function runNode(args: readonly string[], options: RunOptions = {}): Promise<Outcome> {
  return runProgram(process.execPath, args, options);
}

/** Runs a program as `runNode` does. */
export function runProgram(
  command: string,
  args: readonly string[],
  { signal, env, onOutput, cwd = ROOT }: RunOptions = {},
): Promise<Outcome> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, ...(process.stdout.isTTY ? { FORCE_COLOR: "1" } : { NO_COLOR: "1" }), ...env },
      ...(signal && { signal }),
    });
    let output = "";
    let stdout = "";
    const add = (text: string): void => {
      output += text;
      onOutput?.(text);
    };
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      add(text);
    });
    child.stderr.setEncoding("utf8").on("data", add);
    // A program that cannot be started, and one that was aborted.
    child.once("error", (error) => add(`${error.message}\n`));
    child.once("close", (code) => resolve({ ok: code === 0, output, stdout }));
  });
}
