import { runCommand } from "./commands";

// A reader that has seen enough, such as `head`, closes the pipe: nothing is left to do then.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

process.exitCode = await runCommand(process.argv.slice(2), console).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  return 1;
});
