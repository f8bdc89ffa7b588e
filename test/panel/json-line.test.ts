import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberPath, valueAt } from "../../src/panel/model/json-entries";
import {
  type JsonLine,
  linesOf,
  MAX_ENTRIES,
  MAX_STRING_CHARS,
  NOTHING_UNFOLDED,
  type Unfolding,
} from "../../src/panel/model/json-line";
import { NO_SLOTS, slotsOf, writeJson } from "../../src/panel/model/slots";
import type { Json } from "../../src/wire/json";

const SEED = 20261121;

function unfolded(...paths: readonly string[]): Unfolding {
  return { ...NOTHING_UNFOLDED, open: new Map(paths.map((path) => [path, true])) };
}

/** The lines as they look, two spaces a level. */
function draw(value: Json, unfolding: Unfolding = NOTHING_UNFOLDED, slots = NO_SLOTS): readonly string[] {
  return linesOf(value, unfolding, slots).map((line) => {
    const sign = line.expandable ? (line.expanded ? "- " : "+ ") : "";
    const name = line.name === null ? "" : `${line.name}: `;
    return `${"  ".repeat(line.level - 1)}${sign}${name}${show(line)}`;
  });
}

function show({ content }: JsonLine): string {
  switch (content.kind) {
    case "slot":
      return content.slot.kind === "stream"
        ? `stream of ${content.slot.total}`
        : content.slot.kind === "upload"
          ? `upload of ${content.slot.files}`
          : `file ${content.slot.name} ${content.slot.status} ${content.slot.progress}`;
    case "unsent":
      return `${content.count} not sent`;
    case "scalar":
      return content.text;
    case "string":
      return content.text.length < content.length ? `"${content.text}…` : `"${content.text}"`;
    case "piece":
      return `|${content.text}|`;
    case "container":
      return content.preview;
    case "more":
      return `${content.count} more`;
    case "marker":
      switch (content.marker.kind) {
        case "store":
          return `store ${content.marker.store_id.join("/")}`;
        case "async":
          return `async ${content.marker.status}`;
        default:
          return `${content.marker.kind} ${content.marker.name}`;
      }
  }
}

describe("the lines of a value", () => {
  it("begin with a store's own fields, without its id", () => {
    expect(draw({ __musubi_store_id__: [], count: 4, label: "a", on: true, none: null })).toEqual([
      "count: 4",
      'label: "a"',
      "on: true",
      "none: null",
    ]);
  });

  it("show markers as what they are", () => {
    const value = {
      header: { __musubi_store_id__: ["header"] },
      rows: { __musubi_stream__: "rows" },
      avatar: { __musubi_upload__: "avatar" },
      profile: { __musubi_async__: true, status: "loading", result: { name: "old" }, reason: null },
      failed: { __musubi_async__: true, status: "failed", result: null, reason: "gone" },
      data: { __musubi_stream__: "rows", and: "more" },
    };
    expect(draw(value)).toEqual([
      "header: store header",
      "rows: stream rows",
      "avatar: upload avatar",
      "- profile: async loading",
      '  + result: {name: "old"}',
      "- failed: async failed",
      "  result: null",
      '  reason: "gone"',
      '- data: {__musubi_stream__: "rows", and: "more"}',
      '  __musubi_stream__: "rows"',
      '  and: "more"',
    ]);
  });

  it("name their places by JSON Pointers", () => {
    const lines = linesOf({ "a/b": [{ "m~n": 1 }], "": 2 }, unfolded("/a~1b/0"));
    expect(lines.map((line) => line.path)).toEqual(["/a~1b", "/a~1b/0", "/a~1b/0/m~0n", "/"]);
  });

  it("unfold and fold as a person says", () => {
    const value = { list: [{ deep: [1] }] };
    expect(draw(value)).toEqual(["- list: [{…}]", "  + 0: {deep: […]}"]);
    expect(draw(value, unfolded("/list/0", "/list/0/deep"))).toHaveLength(4);
    expect(draw(value, { ...NOTHING_UNFOLDED, open: new Map([["/list", false]]) })).toEqual([
      "+ list: [{…}]",
    ]);
  });

  it("show a value that is no container on one line", () => {
    expect(draw(5)).toEqual(["5"]);
    expect(draw([])).toEqual(["[]"]);
    expect(draw({ __musubi_store_id__: [] })).toEqual(["{}"]);
    expect(draw({ __musubi_stream__: "rows" })).toEqual(["stream rows"]);
  });

  it("list a long container in parts", () => {
    const value = { list: Array.from({ length: MAX_ENTRIES + 7 }, () => 0) };
    expect(draw(value)).toHaveLength(1);
    const lines = draw(value, unfolded("/list"));
    expect(lines).toHaveLength(1 + MAX_ENTRIES + 1);
    expect(lines.at(-1)).toBe("  7 more");
    const keys = linesOf(value, unfolded("/list")).map((line) => line.key);
    expect(new Set(keys).size).toBe(keys.length);
    const all = { open: new Map([["/list", true]]), limits: new Map([["/list", 2 * MAX_ENTRIES]]) };
    expect(draw(value, all)).toHaveLength(1 + MAX_ENTRIES + 7);
  });

  it("show a long string whole in pieces that lose nothing", () => {
    const text = `first\n${"x".repeat(MAX_STRING_CHARS * 2 + 5)}\n\nlast 😀`;
    expect(draw({ text })[0]).toMatch(/^\+ text: .*…$/s);
    const pieces = linesOf({ text }, unfolded("/text")).flatMap(({ content }) =>
      content.kind === "piece" ? [content.text] : [],
    );
    expect(pieces.join("")).toBe(text);
    expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThanOrEqual(MAX_STRING_CHARS);
  });

  it("take keys such as __proto__ for ordinary ones", () => {
    const value: Json = JSON.parse('{"__proto__": {"polluted": 1}, "constructor": 2}');
    expect(linesOf(value, unfolded("/__proto__")).map((line) => line.path)).toEqual([
      "/__proto__",
      "/__proto__/polluted",
      "/constructor",
    ]);
    expect(valueAt(value, "/__proto__/polluted")).toBe(1);
    expect(valueAt({}, "/__proto__")).toBeUndefined();
    expect(valueAt({}, "/constructor/name")).toBeUndefined();
  });

  it(`have keys of their own and lead to their values (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (given) => {
        const value: Json = JSON.parse(JSON.stringify(given));
        const everything = (): Unfolding => {
          const open = new Map<string, boolean>();
          for (let size = -1; size !== open.size; ) {
            size = open.size;
            for (const line of linesOf(value, { ...NOTHING_UNFOLDED, open })) open.set(line.path, true);
          }
          return { ...NOTHING_UNFOLDED, open };
        };
        const lines = linesOf(value, everything());
        expect(new Set(lines.map((line) => line.key)).size).toBe(lines.length);
        for (const line of lines) expect(valueAt(value, line.path)).toEqual(line.value);
      }),
      { seed: SEED, numRuns: 1000 },
    );
  });
});

describe("the slots of a store", () => {
  const rows = { __musubi_stream__: "rows" };
  const stream = (total: number, ...keys: readonly string[]) => ({
    name: "rows",
    total,
    items: keys.map((item_key, index) => ({ item_key, item: { id: index + 1 } })),
  });

  it("unfold a stream to its items by their keys, inside an async value as well", () => {
    const value = {
      rows,
      async: { __musubi_async__: true, status: "ok", result: { __musubi_stream__: "rows" }, reason: null },
      none: { __musubi_stream__: "none" },
    };
    const slots = slotsOf({ value, streams: [stream(2, "row-2", "__proto__")], uploads: [] });
    expect(draw(value, NOTHING_UNFOLDED, slots)).toEqual([
      "- rows: stream of 2",
      "  + row-2: {id: 1}",
      "  + __proto__: {id: 2}",
      "- async: async ok",
      "  - result: stream of 2",
      "    + row-2: {id: 1}",
      "    + __proto__: {id: 2}",
      "none: stream of 0",
    ]);
    expect(valueAt(value, "/rows/__proto__/id", slots)).toBe(2);
    expect(valueAt(value, "/async/result/row-2/id", slots)).toBe(1);
    expect(valueAt(value, "/rows/constructor", slots)).toBeUndefined();
    expect(JSON.parse(writeJson(value, slots))).toMatchObject({ rows: [{ id: 1 }, { id: 2 }], none: [] });
  });

  it("say how many items of a stream were not sent", () => {
    const value = { rows };
    const slots = slotsOf({ value, streams: [stream(941, "row-1")], uploads: [] });
    expect(draw(value, NOTHING_UNFOLDED, slots)).toEqual([
      "- rows: stream of 941",
      "  + row-1: {id: 1}",
      "  940 not sent",
    ]);
    expect(
      linesOf(value, NOTHING_UNFOLDED, slots).map(({ position, size }) => `${position}/${size}`),
    ).toEqual(["1/1", "1/2", "2/2"]);
  });

  it("hold nothing inside the items of a stream, not even the stream itself", () => {
    const value = { rows };
    const items = [{ item_key: "row-1", item: { __musubi_stream__: "rows" } }];
    const slots = slotsOf({ value, streams: [{ name: "rows", total: 1, items }], uploads: [] });
    expect(draw(value, NOTHING_UNFOLDED, slots)).toEqual(["- rows: stream of 1", "  row-1: stream rows"]);
  });

  it("unfold an upload to its configuration, files and errors", () => {
    const value = { avatar: { __musubi_upload__: "avatar" }, other: { __musubi_upload__: "other" } };
    const upload = {
      name: "avatar",
      config: { accept: "any" },
      entries: {
        total: 4,
        items: [
          { client_name: "a.png", status: "uploading", progress: 55 },
          { client_name: "b.png", status: "error", progress: 0, errors: ["too_large"] },
          { client_name: "odd" },
        ],
      },
      errors: { total: 1, items: ["too_many_files"] },
    };
    const slots = slotsOf({ value, streams: [], uploads: [upload] });
    expect(draw(value, NOTHING_UNFOLDED, slots)).toEqual([
      "- avatar: upload of 4",
      '  + config: {accept: "any"}',
      "  - entries: [{…}, {…}, {…}]",
      "    + 0: file a.png uploading 55",
      "    - 1: file b.png error 0",
      '      client_name: "b.png"',
      '      status: "error"',
      "      progress: 0",
      '      - errors: ["too_large"]',
      '        0: "too_large"',
      '    + 2: {client_name: "odd"}',
      "    1 not sent",
      '  - errors: ["too_many_files"]',
      '    0: "too_many_files"',
      "- other: upload of 0",
      "  config: null",
      "  entries: []",
      "  errors: []",
    ]);
    expect(valueAt(value, "/avatar/entries/0/progress", slots)).toBe(55);
    expect(JSON.parse(writeJson(value.avatar, slots))).toMatchObject({ errors: ["too_many_files"] });
  });
});

describe("a path", () => {
  it("leads back to what was put there", () => {
    for (const name of ["a", "", "a/b", "~", "~1", "__proto__"]) {
      const value: Json = JSON.parse(`{${JSON.stringify(name)}: 7}`);
      expect(valueAt(value, memberPath("", name))).toBe(7);
    }
  });
});
