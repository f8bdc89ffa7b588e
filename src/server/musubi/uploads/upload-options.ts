import { posix } from "node:path";
import type { Json, JsonObject } from "../../../wire/json";
import { ACCEPT_ANY } from "../../../wire/protocol";
import type { Awaitable } from "../../awaitable";
import type { Assigns } from "../../phoenix/assigns";
import type { MusubiSocket } from "../socket";
import { createTempFileStorage } from "./temp-file-storage";
import type { AskedEntry, UploadEntry } from "./upload-entry";
import type { UploadStorage } from "./upload-storage";

/** How a store declares an upload. */
export type UploadOptions<Own extends Assigns = Assigns> = {
  /** File name endings with their dot, in any case, or `"any"`. The MIME type is not looked at: clients make it up. */
  readonly accept: readonly string[] | typeof ACCEPT_ANY;
  /** How many entries there may be at one time. */
  readonly maxEntries?: number;
  /** In bytes. */
  readonly maxFileSize?: number;
  /** The largest chunk, in bytes. */
  readonly chunkSize?: number;
  /** How long the next chunk may take. */
  readonly chunkTimeoutMs?: number;
  /** Where it is given, clients upload elsewhere, as this tells them. */
  readonly external?: External<Own>;
  /** Told of every progress, also of those that are not sent (wire.md 9.3). What it throws crashes the page. */
  readonly handleProgress?: HandleProgress<Own>;
  /** Where bytes are kept until they are consumed. Without it, in temporary files. */
  readonly storage?: UploadStorage;
};

/** What the client is told so that it can bring its bytes elsewhere. */
type ExternalTarget<Own extends Assigns = Assigns> = {
  /** Names the client's code that does it. Without it `"external"`. */
  readonly uploader?: string;
  readonly meta: JsonObject;
  /** Where the store is to remember something of it. */
  readonly socket?: MusubiSocket<Own>;
};

// Methods, for the reason that stands at `CommandHandler`.
type External<Own extends Assigns> = {
  target(entry: AskedEntry, socket: MusubiSocket<Own>): Awaitable<ExternalTarget<Own>>;
}["target"];

type HandleProgress<Own extends Assigns> = {
  handle(entry: UploadEntry, socket: MusubiSocket<Own>): Awaitable<MusubiSocket<Own>>;
}["handle"];

/** A declared upload, every default filled in. */
export type UploadConfig = {
  readonly name: string;
  readonly accept: readonly string[] | typeof ACCEPT_ANY;
  readonly maxEntries: number;
  readonly maxFileSize: number;
  readonly chunkSize: number;
  readonly chunkTimeoutMs: number;
  readonly external: External<Assigns> | null;
  readonly handleProgress: HandleProgress<Assigns> | null;
  readonly storage: UploadStorage;
};

/** Musubi's own defaults. */
const DEFAULTS = {
  maxEntries: 1,
  maxFileSize: 8_000_000,
  chunkSize: 64_000,
  chunkTimeoutMs: 10_000,
} as const;

const defaultStorage = createTempFileStorage();

/** The upload `name` that the store `module` declares with `options`. Throws a sentence where they cannot be meant. */
export function configureUpload(module: string, name: string, options: UploadOptions): UploadConfig {
  const where = `${module}'s upload "${name}"`;
  if (name === "") throw new Error(`${module} declares an upload without a name.`);
  checkAccept(where, options.accept);
  for (const key of ["maxEntries", "maxFileSize", "chunkSize", "chunkTimeoutMs"] as const) {
    checkPositive(where, key, options[key] ?? DEFAULTS[key]);
  }
  return {
    name,
    accept: options.accept,
    maxEntries: options.maxEntries ?? DEFAULTS.maxEntries,
    maxFileSize: options.maxFileSize ?? DEFAULTS.maxFileSize,
    chunkSize: options.chunkSize ?? DEFAULTS.chunkSize,
    chunkTimeoutMs: options.chunkTimeoutMs ?? DEFAULTS.chunkTimeoutMs,
    external: options.external ?? null,
    handleProgress: options.handleProgress ?? null,
    storage: options.storage ?? defaultStorage,
  };
}

/** What clients are told of an upload (wire.md 9.1): not its time limit, nor where it goes. */
export function configToWire(config: UploadConfig): JsonObject {
  return {
    accept: config.accept,
    max_entries: config.maxEntries,
    max_file_size: config.maxFileSize,
    chunk_size: config.chunkSize,
  };
}

/** Whether a file of this name may be uploaded: by its last ending, in any case. */
export function isAccepted({ accept }: UploadConfig, fileName: string): boolean {
  if (accept === ACCEPT_ANY) return true;
  const ending = posix.extname(fileName).toLowerCase();
  return accept.some((accepted) => accepted.toLowerCase() === ending);
}

// Declarations may come from plain JavaScript: what the types promise is looked at too.
function checkAccept(where: string, accept: unknown): void {
  if (accept === ACCEPT_ANY) return;
  if (!Array.isArray(accept)) {
    throw new Error(`${where} needs "accept": a list of file name endings such as ".png", or "any".`);
  }
  const wrong: unknown = accept.find((ending) => typeof ending !== "string" || !/^\.[^.]/.test(ending));
  if (wrong === undefined) return;
  throw new Error(
    `${where} accepts ${JSON.stringify(wrong)}: each ending must be a text that starts with a dot, such as ".png".`,
  );
}

function checkPositive(where: string, key: string, value: Json): void {
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return;
  throw new Error(`${where} has ${key} ${JSON.stringify(value)}: it must be a whole number above 0.`);
}
