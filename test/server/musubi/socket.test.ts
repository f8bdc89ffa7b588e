import { describe, expect, it } from "vitest";
import {
  assign,
  assignNew,
  consumedKeysChanged,
  createSocket,
  isAnyChanged,
  isChanged,
  resetChanged,
  storeId,
  update,
} from "../../../src/server/musubi/socket";
import {
  connectInfo,
  inheritContext,
  putConnectInfo,
  putPrivate,
  putRootParams,
  putSession,
  rootParams,
  session,
} from "../../../src/server/musubi/socket-context";

const fresh = createSocket("Shop.Cart", [], {});

describe("assigning", () => {
  it("gives a new socket and leaves the old one as it was", () => {
    const assigned = assign(fresh, { count: 1 });
    expect(assigned.assigns).toEqual({ count: 1 });
    expect(fresh.assigns).toEqual({});
  });

  it("marks the keys whose value is another one, by structure", () => {
    const rendered = resetChanged(assign(fresh, { list: [{ n: 1 }], name: "a" }));
    const assigned = assign(rendered, { list: [{ n: 1 }], name: "b" });
    expect([...assigned.changed]).toEqual(["name"]);
    expect(isChanged(assigned, "list")).toBe(false);
  });

  it("keeps the present value where the new one is equal", () => {
    const list = [{ n: 1 }];
    const rendered = resetChanged(assign(fresh, { list }));
    expect(assign(rendered, "list", [{ n: 1 }]).assigns.list).toBe(list);
    expect(assign(rendered, "list", [{ n: 1 }])).toBe(rendered);
  });

  it.each([null, undefined])("stores and marks a key that was absent, even for %s", (value) => {
    const assigned = assign(fresh, "gone", value);
    expect(Object.hasOwn(assigned.assigns, "gone")).toBe(true);
    expect(isChanged(assigned, "gone")).toBe(true);
  });

  it("is strict: null is not undefined, and 0 is not -0", () => {
    const rendered = resetChanged(assign(fresh, { none: null, zero: 0 }));
    expect([...assign(rendered, { none: undefined, zero: -0 }).changed]).toEqual(["none", "zero"]);
  });

  it("does not take what every object inherits for an assign", () => {
    expect(isChanged(assign(fresh, { constructor: Object }), "constructor")).toBe(true);
    expect(
      isChanged(
        assignNew(fresh, "toString", () => 1),
        "toString",
      ),
    ).toBe(true);
  });

  it("keeps earlier marks until a render", () => {
    const assigned = assign(assign(fresh, { a: 1 }), { b: 1 });
    expect([...assigned.changed]).toEqual(["a", "b"]);
    expect([...resetChanged(assigned).changed]).toEqual([]);
  });

  it.each(["__changed__", "__streams__", "__uploads__"])("refuses the name %s, which is Musubi's", (name) => {
    expect(() => assign(fresh, { [name]: 1 })).toThrow(`"${name}" cannot be assigned`);
    expect(() => assignNew(fresh, name, () => 1)).toThrow(name);
    expect(() => createSocket("Shop.Cart", [], { [name]: 1 })).toThrow(name);
  });
});

describe("assigning what is new", () => {
  it.each([null, undefined, 1])("does nothing where the key exists, even with %s", (value) => {
    const assigned = resetChanged(assign(fresh, { key: value }));
    const never = () => {
      throw new Error("It was called.");
    };
    expect(assignNew(assigned, "key", never)).toBe(assigned);
  });
});

describe("updating", () => {
  it("assigns what the function makes of the present value", () => {
    const socket = resetChanged(assign(fresh, { count: 1 }));
    expect(update(socket, "count", (count) => count + 1)).toMatchObject({ assigns: { count: 2 } });
  });

  it("changes nothing where the value stays", () => {
    const socket = resetChanged(assign(fresh, { list: [1] }));
    expect(update(socket, "list", (list) => [...list])).toBe(socket);
  });
});

describe("what changed", () => {
  it("is asked for by key, for any, and for those that somebody consumes", () => {
    const socket = assign(resetChanged(assign(fresh, { a: 1, b: 1 })), { a: 2 });
    expect([isChanged(socket, "a"), isChanged(socket, "b")]).toEqual([true, false]);
    expect([isAnyChanged(socket), isAnyChanged(resetChanged(socket))]).toEqual([true, false]);
    expect([consumedKeysChanged(socket, new Set(["a"])), consumedKeysChanged(socket, [])]).toEqual([
      true,
      false,
    ]);
  });
});

describe("the context", () => {
  it("is inherited without root params, assigns and what else is private", () => {
    const connection = putPrivate(
      putRootParams(putConnectInfo(putSession(assign(fresh, { user: 1 }), { s: 1 }), { c: 1 }), { p: 1 }),
      "trace",
      1,
    );
    const child = inheritContext(connection, createSocket("Shop.Line", ["l1"], {}));
    expect([session(child), connectInfo(child), rootParams(child)]).toEqual([{ s: 1 }, { c: 1 }, {}]);
    expect(child.assigns).toEqual({});
    expect(Object.keys(child.private)).toEqual(["session", "connect_info"]);
  });

  it("is inherited only where it is there: what the target has stays", () => {
    const target = putSession(fresh, { s: 1 });
    expect(inheritContext(fresh, target)).toBe(target);
    expect(session(inheritContext(putConnectInfo(fresh, { c: 1 }), target))).toEqual({ s: 1 });
  });

  it.each([null, [], "text", 1, new Date(0)])("takes objects only, not %s", (value) => {
    for (const put of [putSession, putConnectInfo, putRootParams]) {
      const put_ = () => Reflect.apply(put, null, [fresh, value]);
      expect(put_).toThrow("must be a plain object");
    }
  });

  it("is empty where something else stands in its place", () => {
    expect(session(putPrivate(fresh, "session", "text"))).toEqual({});
  });
});

describe("a store id", () => {
  it.each([
    [null, "", []],
    [[], "", []],
    [[], "hdr", ["hdr"]],
    [["lines"], "l1", ["lines", "l1"]],
    [["lines"], "", ["lines", ""]],
  ])("of the path %j and the id %j is %j", (parentPath, id, expected) => {
    expect(storeId({ ...fresh, parentPath, id })).toEqual(expected);
  });

  it("is the one that the socket was created with", () => {
    expect(storeId(createSocket("Shop.Line", ["lines", "l1"], {}))).toEqual(["lines", "l1"]);
  });
});
