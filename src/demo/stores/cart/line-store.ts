import { child, notifyParent, type ParentCallback } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../server/musubi/socket";
import { noreply, reply, type Store } from "../../../server/musubi/store";
import { requireNumber } from "../../../server/payload";
import type { Pause } from "../pause";
import { findGood } from "./goods";
import { definePriceStore } from "./price-store";

/** What the cart is told of a line. */
export type LineChange = { readonly quantity?: number; readonly cents?: number };

export type LineProps = {
  readonly sku: string;
  readonly name: string;
  readonly quantity: number;
  readonly on_change: ParentCallback<[sku: string, change: LineChange]>;
  readonly on_remove: ParentCallback<[sku: string]>;
};

type LineAssigns = LineProps & { readonly cents: number | null };

/** One good in the cart, with its price in a store below. It tells the cart of both. */
export function defineLineStore(wait: Pause): Store<LineProps, LineAssigns> {
  const PriceStore = definePriceStore(wait);
  return defineStore<LineProps, LineAssigns>({
    module: "Demo.LineStore",
    init: (socket) => assign(socket, { cents: null }),
    render: ({ assigns: { sku, name, quantity, cents } }) => ({
      sku,
      name,
      quantity,
      sum: (cents ?? 0) * quantity,
      price: child(PriceStore, { id: "price", sku, on_price: takePrice }),
    }),
    commands: {
      set_quantity: (payload, socket) => {
        const quantity = requireNumber(payload, "quantity");
        const { sku, on_change, on_remove } = socket.assigns;
        if (quantity <= 0) return noreply(notifyParent(socket, on_remove, sku));
        const stock = findGood(sku)?.stock ?? 0;
        if (quantity > stock) return reply(socket, { ok: false, reason: `there are only ${stock}` });
        return noreply(notifyParent(socket, on_change, sku, { quantity }));
      },
      remove: (_payload, socket) =>
        noreply(notifyParent(socket, socket.assigns.on_remove, socket.assigns.sku)),
    },
  });
}

function takePrice(line: MusubiSocket<LineAssigns>, cents: number): MusubiSocket<LineAssigns> {
  const { sku, on_change } = line.assigns;
  return notifyParent(assign(line, { cents }), on_change, sku, { cents });
}
