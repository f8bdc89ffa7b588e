import { spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findStale, isNodeRecent } from "../../src/cli/launch.mjs";
import { inRoot } from "../../src/cli/root";

describe("the check of Node's version", () => {
  it.each(["20.19.0", "20.20.2", "22.12.0", "23.0.0", "24.1.0", "100.0.0"])("takes %s", (version) => {
    expect(isNodeRecent(version)).toBe(true);
  });

  it.each(["0.12.18", "18.20.8", "20.18.3", "21.7.3", "22.11.0"])("refuses %s", (version) => {
    expect(isNodeRecent(version)).toBe(false);
  });
});

describe("the check of what is installed", () => {
  const locked = {
    "": { version: "0.1.0" },
    "node_modules/a": { version: "1.0.0", integrity: "sha512-a" },
    "node_modules/a/node_modules/b": { version: "2.0.0", integrity: "sha512-b" },
    "node_modules/for-windows": { version: "1.0.0", integrity: "sha512-w", optional: true },
  };
  const { "node_modules/for-windows": _elsewhere, ...installed } = locked;
  const isThere = (): boolean => true;

  it("takes what is locked, without what is for other platforms", () => {
    expect(findStale(locked, installed, isThere)).toBeUndefined();
    expect(findStale(locked, locked, isThere)).toBeUndefined();
  });

  it("takes more than is locked", () => {
    expect(
      findStale(locked, { ...installed, "node_modules/c": { version: "1.0.0" } }, isThere),
    ).toBeUndefined();
  });

  it("sees that nothing is installed", () => {
    expect(findStale(locked, undefined, isThere)).toBe("nothing is installed");
  });

  it("sees a missing package, also a nested one", () => {
    const { "node_modules/a/node_modules/b": _nested, ...rest } = installed;
    expect(findStale(locked, rest, isThere)).toBe("node_modules/a/node_modules/b is missing");
  });

  it("sees another version and another build, of an optional package too", () => {
    const with_ = (entry: object) => ({ ...locked, "node_modules/for-windows": entry });
    expect(findStale(locked, with_({ version: "1.1.0", integrity: "sha512-w" }), isThere)).toBe(
      "node_modules/for-windows is 1.1.0, and should be 1.0.0",
    );
    expect(findStale(locked, with_({ version: "1.0.0", integrity: "sha512-x" }), isThere)).toBe(
      "node_modules/for-windows is another build",
    );
  });

  it("sees that a folder was removed by hand", () => {
    expect(findStale(locked, installed, (folder) => folder !== "node_modules/a")).toBe(
      "node_modules/a is missing",
    );
  });

  it("does not take a package called like a property of every object for installed", () => {
    const odd = { constructor: { version: "1.0.0" } };
    expect(findStale(odd, {}, isThere)).toBe("constructor is missing");
  });
});

describe.skipIf(process.platform === "win32")("a launched program", () => {
  // A repository in a folder whose name has a space, with just enough in it to launch something.
  let folder = "";
  let elsewhere = "";

  beforeAll(() => {
    folder = join(mkdtempSync(join(realpathSync(tmpdir()), "musubi launch ")), "re po");
    elsewhere = join(folder, "else where");
    mkdirSync(join(folder, "src", "cli"), { recursive: true });
    mkdirSync(elsewhere);
    for (const file of ["src/cli/launch.mjs", "package.json", "package-lock.json", "tsconfig.json"]) {
      cpSync(inRoot(file), join(folder, file));
    }
    symlinkSync(inRoot("node_modules"), join(folder, "node_modules"));
    writeFileSync(
      join(folder, "program.ts"),
      `const [what]: readonly (string | undefined)[] = process.argv.slice(2);
       if (what === "wait") {
         process.on("SIGTERM", () => { console.log("asked to end"); process.exit(7); });
         setInterval(() => {}, 1000);
         console.log("pid " + process.pid);
       } else if (what === "die") process.kill(process.pid, "SIGKILL");
       else { console.log(JSON.stringify([process.cwd(), process.argv.slice(2)])); process.exitCode = 3; }`,
    );
  });

  afterAll(() => rmSync(join(folder, ".."), { recursive: true, force: true }));

  const launch = (args: readonly string[], cwd: string, env: Readonly<Record<string, string>> = {}) => {
    const { INIT_CWD: _npm, ...clean } = process.env;
    return spawn(process.execPath, [join(folder, "src/cli/launch.mjs"), "program.ts", ...args], {
      cwd,
      env: { ...clean, ...env },
      stdio: ["ignore", "pipe", "inherit"],
    });
  };

  async function finish(child: ReturnType<typeof launch>): Promise<{ status: unknown; said: string }> {
    let said = "";
    child.stdout.on("data", (text) => {
      said += text;
    });
    const [status] = await once(child, "close");
    return { status, said };
  }

  it("runs in the user's directory, with the arguments and its own exit status", async () => {
    const { status, said } = await finish(launch(["a b", "--c"], elsewhere));
    expect(JSON.parse(said)).toEqual([elsewhere, ["a b", "--c"]]);
    expect(status).toBe(3);
  });

  it("runs in the directory in which npm was called", async () => {
    const { said } = await finish(launch([], folder, { INIT_CWD: elsewhere }));
    expect(JSON.parse(said)).toEqual([elsewhere, []]);
  });

  it("gets the signal that its launcher gets, and decides how it ends", async () => {
    const child = launch(["wait"], elsewhere);
    child.stdout.once("data", () => child.kill("SIGTERM"));
    const { status, said } = await finish(child);
    expect(said).toContain("asked to end");
    expect(status).toBe(7);
    const pid = Number(/pid (\d+)/.exec(said)?.[1]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it("is asked to end when npm has gone without a word", async () => {
    const command = `"${process.execPath}" "${join(folder, "src/cli/launch.mjs")}" program.ts wait; true`;
    const shell = spawn("sh", ["-c", command], {
      env: { ...process.env, npm_lifecycle_event: "start" },
      stdio: ["ignore", "pipe", "inherit"],
    });
    let said = "";
    for await (const text of shell.stdout) {
      said += text;
      // The launcher and the program hold the other end of the pipe, which closes when both are gone.
      shell.kill("SIGKILL");
    }
    expect(said).toContain("asked to end");
  });

  it("that was killed gives the status that a shell would", async () => {
    const { status } = await finish(launch(["die"], elsewhere));
    expect(status).toBe(128 + 9);
  });
});
