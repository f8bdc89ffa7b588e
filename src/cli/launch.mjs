// node launch.mjs FILE.ts [ARGUMENT...]
//
// Runs one of this repository's TypeScript programs, on a clone where nothing but Node and npm is there: installs the
// dependencies if they are missing or not those of package-lock.json, then runs the program in a child, in the
// directory that the user is in. It may use nothing but Node's own modules.

import { spawn } from "node:child_process";
import { existsSync, readFileSync, realpathSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/**
 * @typedef {{ version?: string, integrity?: string, resolved?: string, link?: boolean, optional?: boolean,
 *   devOptional?: boolean }} LockEntry an entry of a package-lock.json, version 3
 * @typedef {Readonly<Record<string, LockEntry>>} LockEntries by folder, such as "node_modules/vite"
 */

/** Signals that end a program from outside. */
const ENDING = /** @type {const} */ (["SIGINT", "SIGTERM", "SIGHUP"]);

/**
 * Whether this version of Node, such as "20.19.0", runs the project: what Vite asks for, and so Node 20 from 20.19 on
 * and Node 22 from 22.12 on.
 * @param {string} version
 */
export function isNodeRecent(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major === 20) return minor >= 19;
  if (major === 22) return minor >= 12;
  return major > 22;
}

/**
 * The first reason why what is installed is not what is locked, or undefined where it is. What is installed besides
 * does no harm, and an optional package may be missing: it is for another platform.
 * @param {LockEntries} locked the packages of package-lock.json
 * @param {LockEntries | undefined} installed those of node_modules/.package-lock.json, where there is one
 * @param {(folder: string) => boolean} isThere whether a package's folder exists
 */
export function findStale(locked, installed, isThere) {
  if (!installed) return "nothing is installed";
  for (const [folder, wanted] of Object.entries(locked)) {
    if (folder === "" || wanted.link) continue;
    const found = Object.hasOwn(installed, folder) ? installed[folder] : undefined;
    if (!found) {
      if (wanted.optional || wanted.devOptional) continue;
      return `${folder} is missing`;
    }
    if (found.version !== wanted.version) {
      return `${folder} is ${found.version}, and should be ${wanted.version}`;
    }
    if (found.integrity !== wanted.integrity) return `${folder} is another build`;
    if (!isThere(folder)) return `${folder} is missing`;
  }
  return undefined;
}

/**
 * @param {string} path
 * @returns {LockEntries | undefined}
 */
function readLock(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8")).packages;
  } catch {
    return undefined;
  }
}

/** How often we look whether our parent is still there. */
const ORPHAN_POLL_MS = 250;

/**
 * Calls `onOrphaned` once npm, if it runs us, has gone. npm runs a script in a shell, and hands a signal on to the
 * shell alone: a shell that dies of it leaves us without a word. Returns the undo.
 * @param {() => void} onOrphaned
 */
function watchParent(onOrphaned) {
  if (process.env.npm_lifecycle_event === undefined) return () => {};
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onOrphaned();
  }, ORPHAN_POLL_MS);
  return () => clearInterval(timer);
}

/**
 * Runs a program until it ends, hands on to it the signals that we get, and gives its exit status.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {import("node:child_process").SpawnOptions} options
 * @returns {Promise<number>}
 */
function run(command, args, options) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, options);
    /** @param {NodeJS.Signals} signal */
    const forward = (signal) => void child.kill(signal);
    // Should we ourselves break, the child must not live on.
    const kill = () => void child.kill("SIGKILL");
    for (const signal of ENDING) process.on(signal, forward);
    process.once("exit", kill);
    const unwatch = watchParent(() => forward("SIGTERM"));
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      for (const ending of ENDING) process.off(ending, forward);
      process.off("exit", kill);
      unwatch();
      resolve(code ?? 128 + (signal ? constants.signals[signal] : 0));
    });
  });
}

/**
 * `npm ci`, all of it said on standard error, so that a program's standard output is its own.
 * @param {string} root
 */
function install(root) {
  const args = ["ci", "--include=dev", "--no-audit", "--no-fund"];
  /** @type {import("node:child_process").SpawnOptions} */
  const options = { cwd: root, stdio: ["ignore", 2, 2] };
  const npm = process.env.npm_execpath;
  // Run by npm, we know which npm; by hand, it is the one on the PATH, which on Windows only a shell can run.
  if (npm?.endsWith("npm-cli.js")) return run(process.execPath, [npm, ...args], options);
  return run("npm", args, { ...options, shell: process.platform === "win32" });
}

/** @param {readonly string[]} argv */
async function main([file, ...args]) {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  if (!isNodeRecent(process.versions.node)) {
    console.error(
      `Musubi DevTools needs Node 20.19 or later (of the 22 line: 22.12 or later), and this is Node ${process.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
    );
    return 1;
  }
  if (file === undefined) {
    console.error("Name the program to run: node src/cli/launch.mjs src/cli/main.ts --help");
    return 2;
  }
  const stale = findStale(
    readLock(join(root, "package-lock.json")) ?? {},
    readLock(join(root, "node_modules", ".package-lock.json")),
    (folder) => existsSync(join(root, folder)),
  );
  if (stale !== undefined) {
    console.error(`Installing the dependencies (${stale}) ...`);
    const status = await install(root).catch(() => 1);
    if (status !== 0) {
      console.error(`The dependencies could not be installed. Run "npm ci" in ${root} to see why.`);
      return status;
    }
  }
  // npm runs scripts in the repository, and tells where the user was.
  const isAtRoot = join(process.cwd(), "/") === join(root, "/");
  const cwd = (isAtRoot && process.env.INIT_CWD) || process.cwd();
  const tsx = import.meta.resolve("tsx");
  const env = { ...process.env, TSX_TSCONFIG_PATH: join(root, "tsconfig.json") };
  return run(process.execPath, ["--import", tsx, join(root, file), ...args], { cwd, env, stdio: "inherit" });
}

// Imported, by its test, it runs nothing.
const asked = process.argv[1];
if (asked !== undefined && realpathSync(asked) === realpathSync(fileURLToPath(import.meta.url))) {
  process.exitCode = await main(process.argv.slice(2));
}
