import { UsageError } from "./options";

export const WIRES = ["per-root", "multiplexed"] as const;
export const TRANSPORTS = ["websocket", "longpoll", "both"] as const;
export const VSNS = ["1", "2"] as const;

/** How the demo's socket is served. */
export type ServingOptions = {
  /** How roots are carried: a channel each, or all of them on one channel (wire.md 3). */
  readonly wire: (typeof WIRES)[number];
  readonly transport: (typeof TRANSPORTS)[number];
  /** The one version of the serializer that is spoken; null: whichever a client asks for. */
  readonly vsn: (typeof VSNS)[number] | null;
  /** Whether the server tells what its stores hold, for development tools. */
  readonly lens: boolean;
};

/** How `npm run serve` serves where nothing else is asked for. */
export const DEFAULT_SERVING: ServingOptions = {
  wire: "per-root",
  transport: "both",
  vsn: null,
  lens: false,
};

/** How `npm start` does: what it opens is there to be looked into. */
export const DEFAULT_DEMO: ServingOptions = { ...DEFAULT_SERVING, lens: true };

/** The options of a command line that say how the demo is served, as `readOptions` takes them. */
export const SERVING_FLAGS = {
  port: { type: "string" },
  wire: { type: "string" },
  transport: { type: "string" },
  vsn: { type: "string" },
  lens: { type: "boolean" },
  "no-lens": { type: "boolean" },
} as const;

export const SERVING_HELP = `  --port N         0 for any free port (the first free one from 4000)
  --wire NAME      per-root: one channel a root, as Musubi 0.12 and later (the default); multiplexed: all roots on
                   one channel, as before
  --transport NAME websocket, longpoll or both (the default; the demo pages then use WebSockets)
  --vsn N          1 or 2: the one version of Phoenix's serializer that is accepted, and that the demo pages speak
                   (without it either is accepted, and they speak 2)
  --lens           tell development tools what the stores hold; --no-lens keeps it back (without either, npm start
                   tells it and npm run serve does not)`;

type GivenFlags = {
  readonly wire?: string;
  readonly transport?: string;
  readonly vsn?: string;
  readonly lens?: boolean;
  readonly "no-lens"?: boolean;
};

/** What a command line asks for, and else `defaults`. Throws a `UsageError` for a value that there is not. */
export function readServing(given: GivenFlags, defaults: ServingOptions): ServingOptions {
  if (given.lens && given["no-lens"]) {
    throw new UsageError("--lens and --no-lens contradict each other: give one of them.");
  }
  return {
    wire: readChoice("--wire", given.wire, WIRES) ?? defaults.wire,
    transport: readChoice("--transport", given.transport, TRANSPORTS) ?? defaults.transport,
    vsn: readChoice("--vsn", given.vsn, VSNS) ?? defaults.vsn,
    lens: given["no-lens"] ? false : (given.lens ?? defaults.lens),
  };
}

function readChoice<Choice extends string>(
  option: string,
  text: string | undefined,
  choices: readonly Choice[],
): Choice | undefined {
  if (text === undefined) return undefined;
  const chosen = choices.find((choice) => choice === text);
  if (chosen !== undefined) return chosen;
  throw new UsageError(`${option} cannot be "${text}": choose one of ${choices.join(", ")}.`);
}
