import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe } from "vitest";

/** The folder of recordings and fixtures beside the repository. */
const SHARED = fileURLToPath(new URL("../../../shared/", import.meta.url));

/** One line of an oracle: what a real client held right after event `seq` (the README beside the recordings). */
export type OracleLine = {
  readonly seq: number;
  readonly socket: number;
  readonly topic: string;
  readonly root_id: string;
  readonly version: number;
  readonly snapshot: unknown;
  readonly state: unknown;
};

/**
 * A suite over the shared recordings. Without them it is skipped with the reason printed, or fails where `CI` is
 * `true`, because there they must be.
 */
export function describeShared(name: string, suite: () => void): void {
  if (existsSync(SHARED)) {
    describe(name, suite);
    return;
  }
  const reason = `${name}: skipped, because ${SHARED} with the recordings is not there.`;
  if (process.env.CI === "true") throw new Error(reason);
  console.warn(reason);
  describe.skip(`${name} (the recordings are not there)`, suite);
}

/** The names of the recordings, in order; none where they are not there. */
export function recordingNames(): readonly string[] {
  return namesIn("recordings", ".musubi.jsonl");
}

/** The path of a recording's session file. */
export function recordingPath(name: string): string {
  return `${SHARED}recordings/${name}.musubi.jsonl`;
}

/** A recording's text. */
export function readRecording(name: string): string {
  return readFileSync(recordingPath(name), "utf8");
}

/** A recording's oracle; empty where no Musubi client was recorded. */
export function readOracle(name: string): readonly OracleLine[] {
  const path = `${SHARED}recordings/${name}.oracle.jsonl`;
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").trim().split("\n");
  return lines.map((line): OracleLine => JSON.parse(line));
}

/** The names of the fixtures, in order; none where they are not there. */
export function fixtureNames(): readonly string[] {
  return namesIn("fixtures", ".json");
}

/** One fixture: the frames of a scenario without topics and refs, and the state that they lead to. */
export type Fixture = {
  readonly scenario: string;
  readonly expected_state: unknown;
  readonly frames: readonly FixtureFrame[];
};

export type FixtureFrame = {
  readonly dir: "in" | "out";
  readonly event: string;
  readonly payload: Record<string, unknown>;
};

export function readFixture(name: string): Fixture {
  return JSON.parse(readFileSync(`${SHARED}fixtures/${name}.json`, "utf8"));
}

function namesIn(folder: string, ending: string): readonly string[] {
  if (!existsSync(SHARED)) return [];
  const names = readdirSync(SHARED + folder).filter((name) => name.endsWith(ending));
  return names.map((name) => name.slice(0, -ending.length)).sort();
}
