import fc from "fast-check";
import { setField, type TreeObject, toTree } from "../../src/engine/content/tree";
import { isJsonArray, isJsonObject, type Json, type JsonObject } from "../../src/wire/json";

/** One change to a recording. `a`, `b` and `c` pick lines and places in them. */
export type Mutation = {
  readonly kind: (typeof KINDS)[number];
  readonly a: number;
  readonly b: number;
  readonly c: number;
};

const KINDS = [
  ...(["cut_line", "double_line", "swap_lines", "cut_text", "event_field", "socket", "time"] as const),
  ...(["frame_field", "frame_field", "payload_value", "payload_value", "payload_key"] as const),
  ...(["reorder_ops", "swap_refs", "flip_base64", "drop_element"] as const),
];

const part = fc.nat(1_000_000);
export const mutations: fc.Arbitrary<readonly Mutation[]> = fc.array(
  fc.record({ kind: fc.constantFrom(...KINDS), a: part, b: part, c: part }),
  { minLength: 1, maxLength: 12 },
);

/** The lines of a recording after these mutations; its header, the first line, stays. */
export function mutate(lines: readonly string[], changes: readonly Mutation[]): readonly string[] {
  return changes.reduce<readonly string[]>((before, change) => mutateOnce(before, change), lines);
}

function mutateOnce(lines: readonly string[], { kind, a, b, c }: Mutation): readonly string[] {
  const [at, from] = [1 + (a % Math.max(lines.length - 1, 1)), 1 + (b % Math.max(lines.length - 1, 1))];
  const [line = "", other = ""] = [lines[at], lines[from]];
  switch (kind) {
    case "cut_line":
      return lines.toSpliced(at, 1);
    case "double_line":
      return lines.toSpliced(from, 0, line);
    case "swap_lines":
      return lines.map((one, place) => swapped(one, place, at, from, lines));
    case "cut_text":
      return replaceLine(lines, at, line.slice(0, c % (line.length + 1)) + line.slice(b % (line.length + 1)));
    case "event_field":
      return editEvent(lines, at, (event) => takeField(event, objectIn(other), c));
    case "socket":
      return editEvent(lines, at, (event) => ({ ...event, socket: c % 4 }));
    case "time":
      return editEvent(lines, at, (event) => ({ ...event, t: c % 2 === 0 ? -c : c }));
    case "frame_field":
      return editFrame(lines, at, (frame) => frame.with(c % frame.length, frameIn(other)[b % 5] ?? null));
    case "drop_element":
      return editFrame(lines, at, (frame) => frame.toSpliced(c % frame.length, b % 2));
    case "payload_value":
      return editFrame(lines, at, (frame) => replaceInside(frame, a, pick(frameIn(other), c)));
    case "payload_key":
      return editFrame(lines, at, (frame) =>
        renameInside(frame, a, ["__proto__", "ops", "constructor"][c % 3]),
      );
    case "reorder_ops":
      return editFrame(lines, at, (frame) => reorderInside(frame, a));
    case "swap_refs":
      return swapRefs(lines, at, from);
    case "flip_base64":
      return editEvent(lines, at, (event) => flipByte(event, b, c));
  }
}

function swapped(one: string, place: number, at: number, from: number, lines: readonly string[]): string {
  return place === at ? (lines[from] ?? one) : place === from ? (lines[at] ?? one) : one;
}

function replaceLine(lines: readonly string[], at: number, line: string): readonly string[] {
  return at < lines.length ? lines.with(at, line) : lines;
}

function editEvent(
  lines: readonly string[],
  at: number,
  edit: (event: JsonObject) => JsonObject,
): readonly string[] {
  return replaceLine(lines, at, JSON.stringify(edit(objectIn(lines[at] ?? ""))));
}

/** Edits the elements of a frame in V2 text; other events stay. */
function editFrame(
  lines: readonly string[],
  at: number,
  edit: (frame: readonly Json[]) => readonly Json[],
): readonly string[] {
  const frame = frameIn(lines[at] ?? "");
  if (frame.length === 0) return lines;
  return editEvent(lines, at, (event) => ({ ...event, text: JSON.stringify(edit(frame)) }));
}

function swapRefs(lines: readonly string[], at: number, from: number): readonly string[] {
  const [one, other] = [frameIn(lines[at] ?? ""), frameIn(lines[from] ?? "")];
  const refsOf = (frame: readonly Json[]) => (rest: readonly Json[]) => [
    ...frame.slice(0, 2),
    ...rest.slice(2),
  ];
  return editFrame(editFrame(lines, at, refsOf(other)), from, refsOf(one));
}

function takeField(event: JsonObject, other: JsonObject, nth: number): JsonObject {
  const keys = Object.keys(other);
  const key = keys[nth % Math.max(keys.length, 1)];
  return key === undefined ? event : { ...event, [key]: other[key] ?? null };
}

function flipByte(event: JsonObject, where: number, bit: number): JsonObject {
  if (typeof event.base64 !== "string" || event.base64 === "") return event;
  const bytes = Buffer.from(event.base64, "base64");
  // The head of a frame is where its meaning is.
  const at = where % Math.max(1, Math.min(bytes.length, 40));
  bytes[at] = (bytes[at] ?? 0) ^ (1 << (bit % 8));
  return { ...event, base64: bytes.toString("base64") };
}

/** Some value at or inside `value`, by `nth`. */
function pick(value: Json, nth: number): Json {
  const inside = typeof value === "object" && value !== null ? Object.values(value) : [];
  const child = inside[nth % Math.max(inside.length, 1)];
  return child === undefined || nth % 5 === 0 ? value : pick(child, Math.floor(nth / 2));
}

/** Replaces some value inside, by `nth`. */
function replaceInside(value: readonly Json[], nth: number, entering: Json): readonly Json[] {
  const edited = editInside(value, nth, () => entering);
  return isJsonArray(edited) ? edited : value;
}

function renameInside(value: readonly Json[], nth: number, name = ""): readonly Json[] {
  const edited = editInside(value, nth, (found) => {
    if (!isJsonObject(found)) return found;
    const keys = Object.keys(found);
    const old = keys[nth % Math.max(keys.length, 1)];
    return Object.fromEntries(keys.map((key) => [key === old ? name : key, found[key] ?? null]));
  });
  return isJsonArray(edited) ? edited : value;
}

function reorderInside(value: readonly Json[], nth: number): readonly Json[] {
  const edited = editInside(value, nth, (found) => (isJsonArray(found) ? found.toReversed() : found));
  return isJsonArray(edited) ? edited : value;
}

function editInside(value: Json, nth: number, edit: (found: Json) => Json): Json {
  if (typeof value !== "object" || value === null) return edit(value);
  const keys = Object.keys(value);
  const key = keys[nth % Math.max(keys.length, 1)];
  if (key === undefined || nth % 7 === 0) return edit(value);
  const next = Math.floor(nth / 3);
  if (isJsonArray(value)) {
    return value.map((item, at) => (String(at) === key ? editInside(item, next, edit) : item));
  }
  const copy: TreeObject = {};
  for (const one of keys) {
    const child = isJsonObject(value) ? (value[one] ?? null) : null;
    setField(copy, one, toTree(one === key ? editInside(child, next, edit) : child));
  }
  return copy;
}

function objectIn(line: string): JsonObject {
  const value = parse(line);
  return isJsonObject(value) ? value : {};
}

function frameIn(line: string): readonly Json[] {
  const { text } = objectIn(line);
  const value = typeof text === "string" ? parse(text) : null;
  return isJsonArray(value) ? value : [];
}

function parse(text: string): Json {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
