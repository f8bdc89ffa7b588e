import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { inspect } from "../../src/cli/inspect";
import type { SessionEvent } from "../../src/session/event";
import { writeSession } from "../../src/session/writer";
import { inspected } from "../support/folding";
import { frames } from "../support/frames";

const folder = mkdtempSync(join(tmpdir(), "inspect-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENTS = frames`
  > join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "x"} < ok < v2 /total=4
  > mount Shop.Cart c2 < ok < v1 {total: 9} > add {sku: "y"} < error`;
const TEXT = writeSession({ format: "musubi-devtools-session", version: 1 }, EVENTS);

function file(name: string, content: string | Uint8Array): string {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** Takes its time, as a pipe does whose reader is slow. */
function slowSink(): Writable & { readonly text: () => string } {
  let text = "";
  const sink = new Writable({
    highWaterMark: 16,
    write(chunk, _, done) {
      text += String(chunk);
      setTimeout(done, 1);
    },
  });
  return Object.assign(sink, { text: () => text });
}

async function run(...args: readonly string[]) {
  const [stdout, stderr] = [slowSink(), slowSink()];
  const status = await inspect(args, { stdout, stderr });
  return { status, out: stdout.text(), err: stderr.text() };
}

const documents = (out: string) =>
  out
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("inspect --json", () => {
  it("prints the inspection document of the end on one line", async () => {
    const { status, out, err } = await run(file("a.musubi.jsonl", TEXT), "--json");
    expect([status, err]).toEqual([0, ""]);
    expect(out.endsWith("\n")).toBe(true);
    expect(documents(out)).toEqual([inspected(EVENTS)]);
  });

  it("prints one document a line for --at, in the order asked for", async () => {
    const { out } = await run("--at", "9,3,15,9", file("b", TEXT), "--json");
    expect(documents(out)).toEqual([9, 3, 15, 9].map((seq) => inspected(EVENTS.slice(0, seq))));
  });

  it("prints the moment of --at-ms: the last event at or before it", async () => {
    const path = file("c", TEXT);
    expect(documents((await run(path, "--json", "--at-ms=6.5")).out)[0].at).toEqual({ seq: 7, t: 6 });
    expect(documents((await run(path, "--json", "--at-ms", "-1")).out)[0].at).toEqual({ seq: 0, t: 0 });
  });

  it("keeps one root and what belongs to it", async () => {
    const [document] = documents((await run(file("d", TEXT), "--json", "--root", "c2")).out);
    expect(document.connections[0].roots.map((root: { root_id: string }) => root.root_id)).toEqual(["c2"]);
    expect(document.commands.map((command: { payload: object }) => command.payload)).toEqual([{ sku: "y" }]);
  });

  it("reads a gzipped file, and one that was cut while it was packed", async () => {
    const packed = gzipSync(TEXT);
    expect(documents((await run(file("e.gz", packed), "--json")).out)).toEqual([inspected(EVENTS)]);
    // Poorly packed, so that a cut leaves whole lines.
    const loose = gzipSync(TEXT, { level: 0 });
    const { status, out } = await run(file("f.gz", loose.subarray(0, loose.length - 100)), "--json");
    expect(status).toBe(0);
    expect(documents(out)[0].problems).toMatchObject([{ code: "truncated_file" }]);
  });

  it("reports a broken line and a cut end, and loads the rest", async () => {
    const lines = TEXT.split("\n");
    lines[5] = "{broken";
    const { status, out } = await run(file("g", lines.join("\n").slice(0, -10)), "--json");
    expect(status).toBe(0);
    const [document] = documents(out);
    expect(document.at.seq).toBe(EVENTS.length - 1);
    expect(document.problems).toContainEqual({
      seq: 5,
      code: "bad_line",
      message: expect.stringMatching(/^Line 6 /),
    });
    expect(document.problems.at(-1)).toMatchObject({ seq: EVENTS.length - 1, code: "truncated_file" });
  });

  it("has written everything when it is done, however large", async () => {
    const rows: readonly SessionEvent[] = frames`> join < ok > mount A a < ok < v1 ${{ rows: Array(30_000).fill("some text") }}`;
    const path = file("h", writeSession({ format: "musubi-devtools-session", version: 1 }, rows));
    expect(documents((await run(path, "--json")).out)).toEqual([inspected(rows)]);
  });
});

describe("inspect without --json", () => {
  it("tells a person what there is", async () => {
    const { status, out } = await run(file("i", TEXT));
    expect(status).toBe(0);
    for (const line of [
      "Connection 1: ws://localhost:4000/socket/websocket (websocket, serializer 2.0.0), connected, sockets 1",
      "  Root c1 (Shop.Cart) on musubi:connection: multiplexed, mounted, epoch 1, version 2",
      "    / [] total: 4",
      '  #8 add {"sku":"x"} to c1 []: ok in 1 ms {}, probably #10',
      "Problems: 0",
    ]) {
      expect(out.split("\n")).toContain(line);
    }
  });
});

describe("inspect exits with 2 and one line", () => {
  it.each([
    ["no file", [], /one file is needed/],
    ["two files", ["a", "b"], /one file is needed/],
    ["an unknown option", ["a", "--jsn"], /no option --jsn/],
    ["an option without value", ["a", "--at"], /--at needs a value/],
    ["a bad --at", ["a", "--at", "1,x"], /not "x"/],
    ["--at 0", ["a", "--at", "0"], /from 1/],
    ["a bad --at-ms", ["a", "--at-ms", "soon"], /not "soon"/],
    ["both", ["a", "--at", "1", "--at-ms", "1"], /exclude each other/],
    ["a missing file", [join(folder, "nowhere")], /nowhere: .*no such file/],
    ["a folder", [folder], /directory/],
    ["text", [file("t", "hello\nworld\n")], /t: line 1: the header is not JSON/],
    ["an empty file", [file("u", "")], /line 1: the file is empty/],
    [
      "a higher version",
      [file("v", '{"format":"musubi-devtools-session","version":2}\n')],
      /version 2, .*version 1/,
    ],
    [
      "a damaged gzip",
      [file("w", Buffer.concat([gzipSync(TEXT).subarray(0, 60), Buffer.alloc(99, 7)]))],
      /line \d+: .*damaged/,
    ],
    [
      "an event that is not there",
      [file("x", TEXT), "--at", "3,99"],
      /--at 99: there is no such event; the session has 15/,
    ],
  ])("for %s", async (_, args, message) => {
    const { status, out, err } = await run(...args);
    expect([status, out]).toEqual([2, ""]);
    expect(err).toMatch(message);
    expect(err.trimEnd().split("\n")).toHaveLength(1);
  });
});
