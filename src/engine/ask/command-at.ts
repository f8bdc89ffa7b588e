import { countPassing } from "../content/count-passing";
import type { CommandDocument } from "../inspection";

/** The command that event `seq` is; undefined where it is none. @param commands in the order of their events */
export function findCommand<Command extends Pick<CommandDocument, "seq">>(
  commands: readonly Command[],
  seq: number,
): Command | undefined {
  const found = commands[countPassing(commands.length, (nth) => (commands[nth]?.seq ?? seq) < seq)];
  return found?.seq === seq ? found : undefined;
}
