import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memberPath, valueAt } from "../../src/panel/model/json-entries";
import {
  type JsonLine,
  linesOf,
  MAX_ENTRIES,
  MAX_LEVEL_LINES,
  NOTHING_UNFOLDED,
  pathOf,
  pinnedLines,
  type Unfolding,
} from "../../src/panel/model/json-line";
import { writeJson } from "../../src/panel/model/json-text";
import { MAX_STRING_CHARS } from "../../src/panel/model/line-content";
import { NO_SLOTS, slotsOf } from "../../src/panel/model/slots";
import { createUnfolding } from "../../src/panel/model/unfolding";
import type { Json } from "../../src/wire/json";

const SEED = 20261121;

function unfolded(...paths: readonly string[]): Unfolding {
  return { ...NOTHING_UNFOLDED, open: new Map(paths.map((path) => [path, true])) };
}

/** The lines as they look, two spaces a level. */
function draw(value: Json, unfolding: Unfolding = NOTHING_UNFOLDED, slots = NO_SLOTS): readonly string[] {
  return drawLines(linesOf(value, unfolding, { slots }));
}

function drawLines(lines: readonly JsonLine[]): readonly string[] {
  return lines.map((line) => {
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
    case "earlier":
    case "later":
      return `${content.count} ${content.kind}, from ${content.from}`;
    case "gone":
      return "gone";
    case "scalar":
      return content.digits === undefined ? content.text : `${content.digits ?? content.text} rounded`;
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
        case "term":
          return content.marker.text;
        case "cut":
          return `${content.marker.head}… of ${content.marker.bytes}`;
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
    const all = { ...unfolded("/list"), limits: new Map([["/list", 2 * MAX_ENTRIES]]) };
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

describe("levels", () => {
  const value = { a: { b: { c: { d: 1 } } }, e: [1] };
  const levels = (path: string, count: number): Unfolding => {
    const unfolding = createUnfolding();
    unfolding.expand(path, count);
    return unfolding.state.value;
  };

  it("unfold as deep as a person says, and no deeper", () => {
    expect(draw(value, levels("", 1))).toEqual(["+ a: {b: {…}}", "+ e: [1]"]);
    expect(draw(value, levels("", 2))).toEqual(["- a: {b: {…}}", "  + b: {c: {…}}", "- e: [1]", "  0: 1"]);
    expect(draw(value, levels("", 0))).toEqual(draw(value));
    expect(draw(value, levels("", Number.POSITIVE_INFINITY))).toHaveLength(6);
  });

  it("unfold all below one value alone", () => {
    const lines = draw({ ...value, f: { g: { h: 1 } } }, levels("/a", Number.POSITIVE_INFINITY));
    expect(lines).toContain("      d: 1");
    expect(lines).toContain("  + g: {h: 1}");
  });

  it("give way to what is folded after them, and take back what was before", () => {
    const unfolding = createUnfolding();
    unfolding.toggle("/a/b", false);
    unfolding.expand("/a", Number.POSITIVE_INFINITY);
    expect(draw(value, unfolding.state.value)).toContain("    - c: {d: 1}");
    unfolding.toggle("/a/b", false);
    expect(draw(value, unfolding.state.value)).toContain("  + b: {c: {…}}");
  });

  it("stop where there would be too many lines", () => {
    const rows = Array.from({ length: 400 }, () => Array.from({ length: 400 }, () => 0));
    const lines = linesOf({ rows }, levels("", Number.POSITIVE_INFINITY));
    expect(lines.length).toBeGreaterThan(MAX_LEVEL_LINES);
    expect(lines.length).toBeLessThan(MAX_LEVEL_LINES + 1_000);
    expect(lines.at(-1)).toMatchObject({ path: "/rows/399", expanded: false });
  });
});

describe("pinned values", () => {
  it("stand under their paths, and are gone where they are not there", () => {
    const value = { a: { b: { c: 1 } }, d: 2 };
    const lines = pinnedLines(value, ["/a/b", "/x", "/d"], NOTHING_UNFOLDED, {});
    expect(drawLines(lines)).toEqual(["- /a/b: {c: 1}", "  c: 1", "/x: gone", "/d: 2"]);
    expect(lines.map(({ key }) => pathOf(key))).toEqual(["/a/b", "/a/b/c", "/x", "/d"]);
  });

  it("have keys of their own where one is inside another", () => {
    const value = { a: { b: { c: 1 } } };
    const lines = [
      ...pinnedLines(value, ["/a", "/a/b"], unfolded("/a", "/a/b"), {}),
      ...linesOf(value, unfolded("/a", "/a/b")),
    ];
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });
});

describe("a number that a double does not hold", () => {
  it("shows as the server wrote it, or as one that may have been rounded", () => {
    const digits = new Map([
      ["/id", "9007199254740993"],
      ["/old", null],
    ]);
    const value = { id: 9007199254740992, old: 9007199254740992, sure: 1 };
    expect(drawLines(linesOf(value, NOTHING_UNFOLDED, { digits }))).toEqual([
      "id: 9007199254740993 rounded",
      "old: 9007199254740992 rounded",
      "sure: 1",
    ]);
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
    expect(JSON.parse(writeJson(value, { slots }))).toMatchObject({ rows: [{ id: 1 }, { id: 2 }], none: [] });
  });

  it("lead to the items of a stream that were not sent, before and after those that were", () => {
    const value = { rows };
    const shown = (from: number, total: number): readonly string[] => {
      const slots = slotsOf({ value, streams: [{ ...stream(total, "row-1"), from }], uploads: [] });
      return draw(value, NOTHING_UNFOLDED, slots);
    };
    expect(shown(0, 941)).toEqual(["- rows: stream of 941", "  + row-1: {id: 1}", "  940 later, from 1"]);
    expect(shown(600, 941)).toEqual([
      "- rows: stream of 941",
      "  600 earlier, from 100",
      "  + row-1: {id: 1}",
      "  340 later, from 601",
    ]);
    expect(shown(3, 4)).toEqual(["- rows: stream of 4", "  3 earlier, from 0", "  + row-1: {id: 1}"]);
    const slots = slotsOf({ value, streams: [{ ...stream(941, "row-1"), from: 600 }], uploads: [] });
    expect(
      linesOf(value, NOTHING_UNFOLDED, { slots }).map(({ position, size }) => `${position}/${size}`),
    ).toEqual(["1/1", "1/3", "2/3", "3/3"]);
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
    expect(JSON.parse(writeJson(value.avatar, { slots }))).toMatchObject({ errors: ["too_many_files"] });
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

describe("what a server shows of values that JSON cannot hold", () => {
  it("is the term as text, or what was cut with how it begins", () => {
    const value = {
      price: { __inspect__: 'Decimal.new("12.50")' },
      blob: { __truncated__: 90_000, head: "%{a: 1" },
      ordinary: { __inspect__: 1 },
    };
    expect(linesOf(value, NOTHING_UNFOLDED).slice(0, 2)).toMatchObject([
      { expandable: false, content: { marker: { kind: "term", text: 'Decimal.new("12.50")' } } },
      { expandable: false, content: { marker: { kind: "cut", bytes: 90_000, head: "%{a: 1" } } },
    ]);
    expect(draw({ list: [value.ordinary] })[0]).toBe("- list: [{…}]");
  });
});
