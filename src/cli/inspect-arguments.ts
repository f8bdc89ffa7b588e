import type { Moments } from "../host/inspector";

export type InspectArguments = {
  readonly file: string;
  readonly json: boolean;
  readonly moments: Moments;
  /** Null keeps every root. */
  readonly root_id: string | null;
};

export const INSPECT_USAGE = "usage: inspect FILE [--json] [--at SEQ[,SEQ...] | --at-ms T] [--root ROOT_ID]";

type Option = "--at" | "--at-ms" | "--root";

/** Reads the command line of `inspect`. A string says what is wrong with it. */
export function parseInspectArguments(args: readonly string[]): InspectArguments | string {
  const given = new Map<Option, string>();
  const files: string[] = [];
  let json = false;
  for (let at = 0; at < args.length; at++) {
    const [name, inline] = splitOption(args[at] ?? "");
    if (name === "--json") json = true;
    else if (isOption(name)) {
      const value = inline ?? args[++at];
      if (value === undefined) return `${name} needs a value; ${INSPECT_USAGE}`;
      given.set(name, value);
    } else if (name.startsWith("-")) return `there is no option ${name}; ${INSPECT_USAGE}`;
    else files.push(args[at] ?? "");
  }
  const [file, ...more] = files;
  if (file === undefined || more.length > 0) return `one file is needed; ${INSPECT_USAGE}`;
  const moments = parseMoments(given.get("--at"), given.get("--at-ms"));
  if (typeof moments === "string") return moments;
  return { file, json, moments, root_id: given.get("--root") ?? null };
}

function parseMoments(at: string | undefined, atMs: string | undefined): Moments | string {
  if (at !== undefined && atMs !== undefined) return "--at and --at-ms exclude each other";
  if (at !== undefined) {
    const words = at.split(",");
    const bad = words.find((word) => !/^[1-9]\d{0,14}$/.test(word));
    if (bad !== undefined) return `--at takes numbers of events, from 1, not "${bad}"`;
    return { kind: "seqs", seqs: words.map(Number) };
  }
  if (atMs === undefined) return { kind: "end" };
  const t = Number(atMs);
  if (atMs.trim() === "" || !Number.isFinite(t)) return `--at-ms takes milliseconds, not "${atMs}"`;
  return { kind: "ms", t };
}

/** `--at=5` is `--at 5`. */
function splitOption(word: string): readonly [name: string, value: string | undefined] {
  const equals = word.indexOf("=");
  if (!word.startsWith("--") || equals === -1) return [word, undefined];
  return [word.slice(0, equals), word.slice(equals + 1)];
}

function isOption(name: string): name is Option {
  return name === "--at" || name === "--at-ms" || name === "--root";
}
