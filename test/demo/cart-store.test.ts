import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { mountRoot } from "../client/connect";
import { type DemoScene, eventually, openScene, WIRES } from "./demo-scene";

describe.each(WIRES)("the cart, %s", (wire) => {
  let scene: DemoScene;
  let cart: Root;
  let release: () => void = () => {};

  beforeEach(async () => {
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    scene = await openScene({ wire, wait: () => released });
    cart = await mountRoot(scene.visit().client, "Demo.CartStore");
  });

  afterEach(() => scene.close());

  it("has three levels of stores", () => {
    expect(cart.snapshot().state).toMatchObject({
      __musubi_store_id__: [],
      lines: [
        {
          __musubi_store_id__: ["lines", "rice"],
          price: { __musubi_store_id__: ["lines", "rice", "price"] },
        },
        { __musubi_store_id__: ["lines", "durian"] },
      ],
    });
  });

  it("gets its prices later, and one of them never", async () => {
    await eventually(cart, {
      total: 0,
      is_priced: false,
      lines: [{ price: { amount: { status: "loading", data: null } } }, {}],
    });
    release();
    await eventually(cart, {
      total: 340,
      is_priced: false,
      lines: [
        { sum: 340, price: { amount: { status: "ok", data: 340 } } },
        { sum: 0, price: { amount: { status: "failed", error: { value: "no supplier has a price" } } } },
      ],
    });
  });

  it("adds up what its lines tell it", async () => {
    release();
    await cart.command([], "add", { sku: "nori" });
    await cart.command(["lines", "rice"], "set_quantity", { quantity: 3 });
    await cart.command(["lines", "durian"], "remove");
    await eventually(cart, { pieces: 4, total: 3 * 340 + 295, is_priced: true });
    await cart.command(["lines", "nori"], "set_quantity", { quantity: 0 });
    await eventually(cart, { pieces: 3, total: 1020 });
    expect(await cart.command(["lines", "rice"], "set_quantity", { quantity: 21 })).toMatchObject({
      value: { ok: false, reason: "there are only 20" },
    });
  });

  it("asks for a price again when it is told to", async () => {
    release();
    await eventually(cart, { total: 340 });
    expect(await cart.command(["lines", "rice", "price"], "ask_again")).toEqual({ ok: true, value: {} });
    await eventually(cart, { total: 340, lines: [{ price: { amount: { status: "ok", data: 340 } } }, {}] });
  });

  it("gives a discount to a manager only", async () => {
    release();
    await eventually(cart, { total: 340 });
    expect(await cart.command([], "discount", { percent: 10 })).toEqual({
      ok: true,
      value: { ok: false, reason: "unauthorized" },
    });
    await cart.command([], "sign_in", { role: "manager" });
    await cart.command([], "discount", { percent: 10 });
    await eventually(cart, { discount: 10, total: 306 });
    expect(await cart.command([], "discount", { percent: 90 })).toMatchObject({
      failure: { kind: "refused", code: "at most 50 percent" },
    });
  });

  it("is refused at the checkout while something has no price, or nothing is in it", async () => {
    release();
    await eventually(cart, { total: 340 });
    expect(await cart.command([], "checkout")).toMatchObject({ failure: { code: "Durian has no price" } });
    await cart.command(["lines", "durian"], "remove");
    expect(await cart.command([], "checkout")).toEqual({ ok: true, value: { total: 340 } });
    await eventually(cart, { order: "1 × Rice", lines: [], total: 0 });
    expect(await cart.command([], "checkout")).toMatchObject({ failure: { code: "the cart is empty" } });
  });

  it("does not sell what there is not", async () => {
    expect(await cart.command([], "add", { sku: "eggs" })).toMatchObject({
      value: { ok: false, reason: "it is sold out" },
    });
    expect(await cart.command([], "add", { sku: "gold" })).toMatchObject({
      value: { ok: false, reason: "it is not sold here" },
    });
  });
});
