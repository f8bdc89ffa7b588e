import { describe, expect, it } from "vitest";
import { createLooks, type Look, MAX_LOOKS } from "../../src/panel/model/looks";
import { NO_SLOTS } from "../../src/panel/model/slots";
import type { Json } from "../../src/wire/json";

const look = (value: Json, version = 1): Look => ({ value, slots: NO_SLOTS, version });

describe("a store that was looked at before", () => {
  it("tells what has changed since: values, and what something went from", () => {
    const looks = createLooks();
    looks.end("cart", look({ total: 1, open: true, lines: [1, 2], at: { x: 1, y: { z: 1 } } }, 12));
    const since = looks.since(
      "cart",
      look({ total: 2, open: true, lines: [1], at: { x: 1, y: { z: 3 } }, tip: 1 }),
    );
    expect(since?.version).toBe(12);
    expect(since?.stops).toEqual(["/total", "/lines", "/at/y/z", "/tip"]);
    expect(Object.fromEntries(since?.changed ?? [])).toEqual({
      ...{ "": "inside", "/total": "value", "/lines": "value", "/tip": "value" },
      ...{ "/at": "inside", "/at/y": "inside", "/at/y/z": "value" },
    });
  });

  it("tells of what went from the whole", () => {
    const looks = createLooks();
    looks.end("cart", look({ total: 1, open: true }));
    expect(looks.since("cart", look({ total: 1 }))?.stops).toEqual([""]);
  });

  it("tells nothing where nothing has changed, nor of another store", () => {
    const looks = createLooks();
    looks.end("cart", look({ total: 1 }));
    expect(looks.since("cart", look({ total: 1 }))).toBeNull();
    expect(looks.since("poll", look({ total: 2 }))).toBeNull();
  });

  it("is forgotten after many others", () => {
    const looks = createLooks();
    looks.end("cart", look(1));
    looks.end("poll", look(1));
    looks.end("cart", look(2));
    for (let at = 2; at <= MAX_LOOKS; at++) looks.end(`${at}`, look(1));
    expect(looks.since("poll", look(3))).toBeNull();
    expect(looks.since("cart", look(3))?.stops).toEqual([""]);
  });
});
