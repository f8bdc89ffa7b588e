import { startAsync, TaskError } from "../../../server/musubi/async";
import { type AsyncResult, asyncFailed, asyncLoading, asyncOk } from "../../../server/musubi/async-result";
import { notifyParent, type ParentCallback } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../server/musubi/socket";
import { noreply, type Store } from "../../../server/musubi/store";
import type { TaskResult } from "../../../server/musubi/task-result";
import type { Pause } from "../pause";
import { askPrice } from "./goods";

export type PriceProps = {
  readonly sku: string;
  /** Told the price, in cents, whenever there is one. */
  readonly on_price: ParentCallback<[cents: number]>;
};

type PriceAssigns = PriceProps & { readonly amount: AsyncResult<number> };

/** The price of a good, asked for when the store is mounted and again on demand. */
export function definePriceStore(wait: Pause): Store<PriceProps, PriceAssigns> {
  // An `assignAsync` by hand, for it is not only to be shown: the line has to be told.
  const ask = <Own extends PriceProps>(socket: MusubiSocket<Own>, before: number | null) => {
    const { sku } = socket.assigns;
    return startAsync(assign(socket, { amount: asyncLoading(before) }), "price", (signal) =>
      askPrice(sku, wait, signal),
    );
  };

  return defineStore<PriceProps, PriceAssigns>({
    module: "Demo.PriceStore",
    init: (socket) => ask(socket, null),
    render: ({ assigns }) => ({ amount: assigns.amount }),
    handleAsync: (_name, result, socket) => takePrice(result, socket),
    commands: { ask_again: (_payload, socket) => noreply(ask(socket, socket.assigns.amount.result)) },
  });
}

function takePrice(result: TaskResult, socket: MusubiSocket<PriceAssigns>): MusubiSocket<PriceAssigns> {
  const { amount, on_price } = socket.assigns;
  if (result.kind === "ok" && typeof result.value === "number") {
    return notifyParent(assign(socket, { amount: asyncOk(result.value) }), on_price, result.value);
  }
  const reason =
    result.kind === "ok" && result.value instanceof TaskError
      ? { kind: "error" as const, value: result.value.reason }
      : { kind: "exit" as const, value: result.kind === "exit" ? result.reason : null };
  return assign(socket, { amount: asyncFailed(reason, amount.result) });
}
