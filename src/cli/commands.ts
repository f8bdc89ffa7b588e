import { BROWSERS, type BrowserName, isBrowserName } from "./browser/find";
import { readOptions, readPort, UsageError } from "./options";
import { DEFAULT_DEMO, DEFAULT_SERVING, readServing, SERVING_FLAGS, SERVING_HELP } from "./serving-options";
import { stopSignal } from "./stop";

type Command = {
  readonly summary: string;
  readonly help: string;
  /** Gives the exit status. */
  readonly run: (args: readonly string[], voice: Voice) => Promise<number>;
};

/** Where a command says things: `console`, or a test. */
export type Voice = { readonly log: (text: string) => void; readonly error: (text: string) => void };

// Each command loads what it needs when it runs: reading a file must not wait for a bundler and a browser driver.
const COMMANDS: ReadonlyMap<string, Command> = new Map([
  [
    "start",
    {
      summary: "build, serve the demo app, and open it in a browser with the extension",
      help: `npm start [-- OPTIONS]

Builds the extension for Chrome and Firefox into dist/, serves the demo app, and opens a browser that it finds, with
the extension loaded and DevTools open on the Musubi panel. Ctrl-C ends everything.

  --browser NAME   ${BROWSERS.join(", ")} or none (the first that is found)
${SERVING_HELP}`,
      run: runStart,
    },
  ],
  [
    "serve",
    {
      summary: "serve the demo app alone",
      help: `npm run serve [-- OPTIONS]

Serves the demo app and its socket, /socket, and says "listening on http://localhost:N" when it is ready. SIGTERM or
Ctrl-C lets the clients go and ends it with status 0.

${SERVING_HELP}
  --faults N       also take orders to break connections and stores, on this port of this machine only`,
      run: runServe,
    },
  ],
  [
    "build",
    {
      summary: "build the extension for both browsers, and the demo app",
      help: `npm run build

Builds dist/chrome, dist/firefox and dist/demo.`,
      run: runBuild,
    },
  ],
  [
    "dev",
    {
      summary: "build, and build again at every change",
      help: `npm run dev

Builds dist/chrome, dist/firefox and dist/demo, all of them anew, whenever a source, the manifest or the configuration
changes. Reload the extension in the browser to use what was built.`,
      run: runDev,
    },
  ],
  [
    "inspect",
    {
      summary: "print what a session file says, at its end or at any event",
      help: `npm run -s inspect -- FILE [OPTIONS]

Reads a recorded session and prints the state that it rebuilds.

  --json               print the inspection document as JSON
  --at SEQ[,SEQ...]    at these events, counted from 1, rather than at the end
  --at-ms T            at T milliseconds after the session's start
  --root ROOT_ID       this root only`,
      run: runInspect,
    },
  ],
  [
    "ask",
    {
      summary: "ask a session file what changed, since when, because of what",
      help: `npm run -s ask -- FILE KIND [OPTIONS]
npm run -s ask -- FILE JSON

Reads a recorded session and prints the answer to one question about it as JSON. KIND is one of

  inspect    the inspection document
  timeline   what happened, event by event: --kinds a,b,..  --root  --store  --text or --regex  --from  --to  --count
  store      one store: --root ROOT_ID  --store ID,...  --at SEQ
  stream     one stream of a store, with --name; likewise upload
  changes    what happened to a store: --root  --store  --from SEQ  --to SEQ
  diff       what leads from one event to another: --root  --from SEQ  --to SEQ
  history    all that a value was: --root  --store  --path POINTER, or --name STREAM --item KEY, or --name ASSIGN
  blame      which envelope last wrote it: the same
  search     keys and values: --text TEXT or --regex EXPRESSION  --root  --at
  totals     what a root and its stores amount to: --root

--at, --from and --to take events, counted from 1; a range includes both. --from and --to of changes and diff take
versions too: v7, or 2v7 in the second epoch. Where roots share an id, --connection N
and --topic TOPIC tell them apart. JSON is the question itself, such as '{"kind":"changes","root":{"root_id":"c1"},"store_id":[]}'.`,
      run: runAsk,
    },
  ],
]);

const OVERVIEW = `musubi-devtools COMMAND [OPTIONS]

${[...COMMANDS].map(([name, { summary }]) => `  ${name.padEnd(10)}${summary}`).join("\n")}

COMMAND --help says more.`;

async function runStart(args: readonly string[], { log }: Voice): Promise<number> {
  const { browser, port, ...given } = readOptions(args, { browser: { type: "string" }, ...SERVING_FLAGS });
  const wishes = {
    browser: readBrowser(browser),
    port: readPort(port),
    serving: readServing(given, DEFAULT_DEMO),
  };
  const { start } = await import("./start");
  return start(wishes, log, stopSignal());
}

function readBrowser(text: string | undefined): BrowserName | "none" | undefined {
  if (text === undefined || text === "none" || isBrowserName(text)) return text;
  throw new UsageError(`There is no browser "${text}": choose one of ${BROWSERS.join(", ")}, or none.`);
}

async function runServe(args: readonly string[], { log }: Voice): Promise<number> {
  const { port, faults, ...given } = readOptions(args, { ...SERVING_FLAGS, faults: { type: "string" } });
  const wishes = {
    port: readPort(port),
    faults: readPort(faults),
    serving: readServing(given, DEFAULT_SERVING),
  };
  const { serveDemo } = await import("./serve-demo");
  return serveDemo(wishes, log, stopSignal());
}

async function runBuild(args: readonly string[], { log }: Voice): Promise<number> {
  readOptions(args, {});
  const { build, TARGETS } = await import("./build");
  return (await build(TARGETS, log, stopSignal())) ? 0 : 1;
}

async function runDev(args: readonly string[], { log }: Voice): Promise<number> {
  readOptions(args, {});
  const { dev } = await import("./dev");
  return dev(log, stopSignal());
}

async function runInspect(args: readonly string[]): Promise<number> {
  const { inspect } = await import("./inspect");
  return inspect(args, { stdout: process.stdout, stderr: process.stderr });
}

async function runAsk(args: readonly string[]): Promise<number> {
  const { ask } = await import("./ask");
  return ask(args, { stdout: process.stdout, stderr: process.stderr });
}

/**
 * Runs a command line and gives its exit status. Status 2: it cannot be understood; otherwise the command's own. Rejects
 * with what a command did not foresee.
 */
export async function runCommand([name, ...args]: readonly string[], voice: Voice): Promise<number> {
  if (name === "--help" || name === "-h") {
    voice.log(OVERVIEW);
    return 0;
  }
  const command = name === undefined ? undefined : COMMANDS.get(name);
  if (!command) {
    voice.error(
      `${name === undefined ? "Say what to do." : `There is no command "${name}".`}\n\n${OVERVIEW}`,
    );
    return 2;
  }
  if (args.includes("--help") || args.includes("-h")) {
    voice.log(command.help);
    return 0;
  }
  try {
    return await command.run(args, voice);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    voice.error(`${error.message}\n\n${command.help}`);
    return 2;
  }
}
