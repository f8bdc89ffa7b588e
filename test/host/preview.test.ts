import { expect, it } from "vitest";
import { MAX_PREVIEW_CHARS, preview } from "../../src/host/preview";
import type { Json, JsonObject } from "../../src/wire/json";

it("a preview is a value on one line", () => {
  expect(preview({ a: [1, null, "x"], b: {}, c: true })).toBe('{"a": [1, null, "x"], "b": {}, "c": true}');
  expect([preview([]), preview({}), preview("it's"), preview(2.5)]).toEqual(["[]", "{}", '"it\'s"', "2.5"]);
});

it("a preview of a long list or object is its beginning, and the rest of it is not looked at", () => {
  let looks = 0;
  function counted<Value extends object>(value: Value): Value {
    return new Proxy(value, {
      get(target, key) {
        looks++;
        return Reflect.get(target, key);
      },
    });
  }
  const items: readonly Json[] = counted(Array.from({ length: 10_000 }, () => 1));
  expect(preview(items)).toHaveLength(MAX_PREVIEW_CHARS);
  expect(preview(items)).toMatch(/^\[1, 1, .*…$/);
  const fields: JsonObject = counted(
    Object.fromEntries(Array.from({ length: 10_000 }, (_, nth) => [`field ${nth}`, nth])),
  );
  expect(preview(fields)).toMatch(/^\{"field 0": 0, .*…$/);
  expect(looks).toBeLessThan(1_000);
});
