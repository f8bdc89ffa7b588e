import { describe, expect, it } from "vitest";
import { parseQuery } from "../../../../src/server/phoenix/http/query";

describe("connect params", () => {
  it.each([
    ["", {}],
    ["token=a%20b&vsn=2.0.0", { token: "a b", vsn: "2.0.0" }],
    ["user[id]=7&user[name]=Ann", { user: { id: "7", name: "Ann" } }],
    ["a[b][c]=d", { a: { b: { c: "d" } } }],
    ["a=1&a=2", { a: "2" }],
    ["a=1&a[b]=2", { a: { b: "2" } }],
    ["a[]=1&a[]=2&b[]=", { a: ["1", "2"], b: [""] }],
    ["a[b][]=1&a[b][]=2&a[c]=3", { a: { b: ["1", "2"], c: "3" } }],
    ["a[][b]=1&a[][b]=2", { a: [{ b: "1" }, { b: "2" }] }],
    ["a[]=1&a[b]=2", { a: { b: "2" } }],
    ["a[b]=1&a[]=2", { a: ["2"] }],
    ["a[=1&[b]=2&a]=3&a[b]c=4", { "a[": "1", "[b]": "2", "a]": "3", "a[b]c": "4" }],
  ])("%s", (query, params) => {
    expect(parseQuery(query)).toEqual(params);
  });

  it("keep names that objects have of their own", () => {
    const params = parseQuery("__proto__[polluted]=yes&constructor=1");
    expect(Object.keys(params)).toEqual(["__proto__", "constructor"]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it("are not nested by thousands of brackets", () => {
    const name = `a${"[b]".repeat(5_000)}`;
    expect(parseQuery(`${name}=1`)).toEqual({ [name]: "1" });
  });
});
