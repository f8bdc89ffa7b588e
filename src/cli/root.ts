import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The repository's folder. Programs run in the user's directory, so nothing here may count on the working directory. */
export const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/** The absolute path of something in the repository. */
export function inRoot(...parts: readonly string[]): string {
  return join(ROOT, ...parts);
}
