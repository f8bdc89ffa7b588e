import { describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli/commands";

async function run(...args: readonly string[]) {
  const said = { out: "", err: "" };
  const status = await runCommand(args, {
    log: (text) => {
      said.out += text;
    },
    error: (text) => {
      said.err += text;
    },
  });
  return { status, ...said };
}

const NAMES = ["start", "serve", "build", "dev", "inspect"];

describe("the command line", () => {
  it("names every command when asked for help", async () => {
    const { status, out, err } = await run("--help");
    expect(status).toBe(0);
    expect(err).toBe("");
    for (const name of NAMES) expect(out).toContain(`  ${name} `);
  });

  it.each(NAMES)("explains %s, and does not run it", async (name) => {
    const { status, out } = await run(name, "--help");
    expect(status).toBe(0);
    expect(out).toMatch(new RegExp(`^npm (run )?(-s )?${name}`));
  });

  it.each([
    [[], "Say what to do."],
    [["begin"], 'There is no command "begin".'],
    [["constructor"], 'There is no command "constructor".'],
    [["serve", "--prot", "80"], "Unknown option '--prot'."],
    [["serve", "--port", "many"], '"many" is no port'],
    [["serve", "--faults", "many"], '"many" is no port'],
    [["serve", "--wire", "b"], '--wire cannot be "b": choose one of per-root, multiplexed.'],
    [["serve", "--vsn"], "Option '--vsn <value>' argument missing."],
    [
      ["start", "--transport", "tcp"],
      '--transport cannot be "tcp": choose one of websocket, longpoll, both.',
    ],
    [
      ["start", "--browser", "lynx"],
      'There is no browser "lynx": choose one of chromium, chrome, edge, firefox, or none.',
    ],
    [["build", "chrome"], "Unexpected argument 'chrome'."],
    [["dev", "--fast"], "Unknown option '--fast'."],
  ])("refuses %j with status 2 and a sentence", async (args, sentence) => {
    const { status, out, err } = await run(...args);
    expect({ status, out }).toEqual({ status: 2, out: "" });
    expect(err).toContain(sentence);
  });
});
