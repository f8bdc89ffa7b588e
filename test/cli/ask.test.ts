import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { gzipSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { ask } from "../../src/cli/ask";
import { writeSession } from "../../src/session/writer";
import { frames } from "../support/frames";

const folder = mkdtempSync(join(tmpdir(), "ask-"));
afterAll(() => rmSync(folder, { recursive: true }));

const EVENTS = frames`
  > join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add {sku: "x"} < ok < v2 /total=4
  > mount Shop.Cart c2 < ok < v1 {total: 9} < v2 /total=10`;
const FILE = join(folder, "a.musubi.jsonl.gz");
writeFileSync(FILE, gzipSync(writeSession({ format: "musubi-devtools-session", version: 1 }, EVENTS)));

function sink(): Writable & { readonly text: () => string } {
  let text = "";
  const write = (chunk: unknown, _: unknown, done: () => void): void => {
    text += String(chunk);
    done();
  };
  return Object.assign(new Writable({ write }), { text: () => text });
}

async function run(...args: readonly string[]) {
  const [stdout, stderr] = [sink(), sink()];
  const status = await ask(args, { stdout, stderr });
  return { status, answer: stdout.text() === "" ? null : JSON.parse(stdout.text()), err: stderr.text() };
}

describe("ask", () => {
  it("tells which command a value was written because of, and what it was before", async () => {
    const { status, answer, err } = await run(FILE, "history", "--root", "c1", "--path", "/total");
    expect([status, err]).toEqual([0, ""]);
    expect(answer).toMatchObject({
      kind: "history",
      end: "beginning",
      values: [
        { value: 4, version: 2, seq: 10, command: 8 },
        { value: 0, version: 1, seq: 7, command: null },
      ],
    });
  });

  it.each<[string, readonly string[], object]>([
    ["one store", ["store", "--root", "c1", "--at", "7"], { store: { own: { total: 0 } } }],
    ["its changes", ["changes", "--root", "c1", "--from", "8"], { total: 1, changes: [{ version: 2 }] }],
    [
      "a difference",
      ["diff", "--root", "c2", "--from", "13"],
      { diff: { state: { differences: [{ path: "/total", before: 9, after: 10 }] } } },
    ],
    [
      "its changes between versions",
      ["changes", "--root", "c1", "--from", "v1", "--to", "v2"],
      { total: 1, changes: [{ version: 2, steps: [{ name: "total", before: 0, after: 4 }] }] },
    ],
    [
      "a difference between versions",
      ["diff", "--root", "c2", "--from", "1v1", "--to", "v2"],
      { kind: "diff", diff: { state: { differences: [{ path: "/total", before: 9, after: 10 }] } } },
    ],
    ["the last writer", ["blame", "--root", "c1", "--path", "/total"], { written: { command: 8 } }],
    [
      "a search over all roots",
      ["search", "--text", "TOTAL"],
      { hits: [{ root_id: "c1" }, { root_id: "c2" }] },
    ],
    [
      "a timeline",
      ["timeline", "--kinds", "command,envelope", "--root", "c1", "--text", "TOTAL"],
      { total: 2, entries: [{ seq: 7 }, { seq: 10, command: 8 }] },
    ],
    [
      "totals",
      ["totals", "--root", "c1"],
      { root: { envelopes: 2, commands: { total: 1, statuses: [{ status: "ok", count: 1 }] } } },
    ],
    ["a document", ["inspect", "--at", "7"], { document: { at: { seq: 7 } } }],
    ["a question in JSON", ['{"kind":"totals","root":{"root_id":"c2"}}'], { root: { envelopes: 2 } }],
  ])("answers with %s", async (_, args, expected) => {
    const { status, answer } = await run(FILE, ...args);
    expect(status).toBe(0);
    expect(answer).toMatchObject(expected);
  });

  it.each<[string, readonly string[], RegExp]>([
    ["no question", [FILE], /a file and one question are needed; usage: ask FILE KIND/],
    ["an unknown kind", [FILE, "guess"], /There is no question of kind "guess"; there are inspect, .*totals/],
    ["a root that is not there", [FILE, "totals", "--root", "c9"], /There is no root c9\. There is c1, c2\./],
    ["no root", [FILE, "totals"], /The root of a question of kind totals should be an object/],
    [
      "no number",
      [FILE, "store", "--root", "c1", "--at", "x"],
      /The seq .* should be the number of an event/,
    ],
    [
      "no pointer",
      [FILE, "blame", "--root", "c1", "--path", "total"],
      /as path a JSON Pointer such as \/total/,
    ],
    [
      "a store that never was",
      [FILE, "changes", "--root", "c1", "--store", "nope"],
      /No store of that root has ever had the id \["nope"\]/,
    ],
    [
      "no such event",
      [FILE, "diff", "--root", "c1", "--from", "99"],
      /There is no event 99; the session has \d+/,
    ],
    [
      "a range that ends before it begins",
      [FILE, "changes", "--root", "c1", "--from", "9", "--to", "7"],
      /Event 9, .* comes after event 7/,
    ],
    [
      "a version that never was",
      [FILE, "diff", "--root", "c1", "--from", "v1", "--to", "2v9"],
      /The root has never held one of these versions/,
    ],
    [
      "half a range",
      [FILE, "diff", "--root", "c1", "--from", "v1"],
      /The to of a question of kind diff_versions/,
    ],
    ["a broken expression", [FILE, "search", "--regex", "("], /This is no regular expression/],
    ["broken JSON", [FILE, "{"], /the question is not JSON/],
    ["an unknown option", [FILE, "totals", "--rot", "c1"], /Unknown option '--rot'.*usage/],
    ["no such file", [join(folder, "none"), "totals", "--root", "c1"], /ENOENT/],
  ])("says in one line what is wrong with %s", async (_, args, message) => {
    const { status, answer, err } = await run(...args);
    expect([status, answer]).toEqual([2, null]);
    expect(err).toMatch(/^musubi-devtools ask: [^\n]*\n$/);
    expect(err).toMatch(message);
  });
});
