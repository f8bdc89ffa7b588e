import { child } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { cont, halt } from "../../../server/musubi/hook";
import { assign, type MusubiSocket, update } from "../../../server/musubi/socket";
import { type CommandAnswer, noreply, refuse, reply, type Store } from "../../../server/musubi/store";
import { requireNumber, requireString } from "../../../server/payload";
import type { Params } from "../params";
import type { Pause } from "../pause";
import { findGood, GOODS } from "./goods";
import { defineLineStore, type LineChange } from "./line-store";

type Line = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly cents: number | null;
};

type CartAssigns = {
  readonly lines: readonly Line[];
  readonly role: "guest" | "manager";
  /** In percent. */
  readonly discount: number;
  /** What was last ordered, in words; empty where nothing was. */
  readonly order: string;
};

const MAX_DISCOUNT = 50;

/** A cart: lines below it, prices below those. What a manager alone may do, a hook guards. */
export function defineCartStore(wait: Pause): Store {
  const LineStore = defineLineStore(wait);
  return defineStore<CartAssigns>({
    module: "Demo.CartStore",
    root: true,
    mount: (_params, socket) => assign(socket, FRESH),
    render: ({ assigns }) => ({
      goods: GOODS.map(({ sku, name }) => ({ sku, name })),
      lines: assigns.lines.map(({ sku, name, quantity }) =>
        child(LineStore, { id: sku, sku, name, quantity, on_change: changeLine, on_remove: removeLine }),
      ),
      ...addUp(assigns),
      role: assigns.role,
      discount: assigns.discount,
      order: assigns.order,
    }),
    hooks: {
      beforeCommand: {
        managers_only: (name, _payload, socket) =>
          name === "discount" && socket.assigns.role !== "manager"
            ? halt(socket, { ok: false, reason: "unauthorized" })
            : cont(socket),
      },
    },
    commands: {
      add,
      clear: (_payload, socket) => noreply(assign(socket, { lines: [] })),
      sign_in: (payload, socket) =>
        noreply(assign(socket, { role: requireString(payload, "role") === "manager" ? "manager" : "guest" })),
      discount,
      checkout: (_payload, socket) => checkOut(socket),
    },
  });
}

type Cart = MusubiSocket<CartAssigns>;

function add(payload: Params, socket: Cart): CommandAnswer<CartAssigns> {
  const sku = requireString(payload, "sku");
  const good = findGood(sku);
  if (good === null) return reply(socket, { ok: false, reason: "it is not sold here" });
  const held = socket.assigns.lines.find((line) => line.sku === sku)?.quantity ?? 0;
  if (held >= good.stock) return reply(socket, { ok: false, reason: "it is sold out" });
  return noreply(
    held > 0
      ? changeLine(socket, sku, { quantity: held + 1 })
      : update(socket, "lines", (lines) => [...lines, toLine(sku)]),
  );
}

function discount(payload: Params, socket: Cart): CommandAnswer<CartAssigns> {
  const percent = requireNumber(payload, "percent");
  if (percent < 0 || percent > MAX_DISCOUNT) return refuse(socket, `at most ${MAX_DISCOUNT} percent`);
  return noreply(assign(socket, { discount: percent }));
}

function checkOut(socket: Cart): CommandAnswer<CartAssigns> {
  const { lines } = socket.assigns;
  if (lines.length === 0) return refuse(socket, "the cart is empty");
  const unpriced = lines.find(({ cents }) => cents === null);
  if (unpriced) return refuse(socket, `${unpriced.name} has no price`);
  const order = lines.map(({ quantity, name }) => `${quantity} × ${name}`).join(", ");
  return reply(assign(socket, { lines: [], order }), { total: addUp(socket.assigns).total });
}

const FRESH: CartAssigns = {
  lines: [toLine("rice"), toLine("durian")],
  role: "guest",
  discount: 0,
  order: "",
};

function toLine(sku: string): Line {
  return { sku, name: findGood(sku)?.name ?? sku, quantity: 1, cents: null };
}

function addUp({ lines, discount }: CartAssigns): { pieces: number; total: number; is_priced: boolean } {
  const sum = lines.reduce((total, { quantity, cents }) => total + quantity * (cents ?? 0), 0);
  return {
    pieces: lines.reduce((total, { quantity }) => total + quantity, 0),
    total: Math.round((sum * (100 - discount)) / 100),
    is_priced: lines.every(({ cents }) => cents !== null),
  };
}

function changeLine(cart: Cart, sku: string, change: LineChange): Cart {
  return update(cart, "lines", (lines) =>
    lines.map((line) => (line.sku === sku ? { ...line, ...change } : line)),
  );
}

function removeLine(cart: Cart, sku: string): Cart {
  return update(cart, "lines", (lines) => lines.filter((line) => line.sku !== sku));
}
