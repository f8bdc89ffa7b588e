import { describe, expect, it } from "vitest";
import { assign, createSocket, isChanged, resetChanged, update } from "../../../src/server/musubi/socket";

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

  it("marks a key that was absent, even for null", () => {
    expect(isChanged(assign(fresh, { gone: null }), "gone")).toBe(true);
  });

  it("does not take what every object inherits for an assign", () => {
    expect(isChanged(assign(fresh, { constructor: Object }), "constructor")).toBe(true);
  });

  it("keeps earlier marks until a render", () => {
    const assigned = assign(assign(fresh, { a: 1 }), { b: 1 });
    expect([...assigned.changed]).toEqual(["a", "b"]);
    expect([...resetChanged(assigned).changed]).toEqual([]);
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
