import { numberAt, storeIdAt, textAt } from "../../../client/field";
import { fieldOf, readAsync } from "../roots/async-value";
import type { State, UsedRoot } from "../roots/use-root";
import { formatCents } from "./money";

/** One line of the cart, which is a store, with its price, which is another one below it. */
export function CartLine({ line, root }: { readonly line: State; readonly root: UsedRoot }) {
  const storeId = storeIdAt(line);
  const name = textAt(line, "name");
  const quantity = numberAt(line, "quantity");
  const isPriced = typeof readAsync(fieldOf(line, "price"), "amount").data === "number";
  const setQuantity = (wanted: number) => void root.send(storeId, "set_quantity", { quantity: wanted });
  return (
    <li class="line" data-store-id={JSON.stringify(storeId)}>
      <div class="grow">
        <strong>{name}</strong>
        <PriceTag line={line} name={name} root={root} />
      </div>
      <fieldset class="stepper">
        <legend class="hidden">Quantity of {name}</legend>
        <button
          type="button"
          class="icon"
          data-command="less"
          aria-label="One less"
          onClick={() => setQuantity(quantity - 1)}
        >
          −
        </button>
        <output data-show="quantity">{quantity}</output>
        <button
          type="button"
          class="icon"
          data-command="more"
          aria-label="One more"
          onClick={() => setQuantity(quantity + 1)}
        >
          +
        </button>
      </fieldset>
      <output class="sum" data-show="sum">
        {isPriced ? formatCents(numberAt(line, "sum")) : "–"}
      </output>
      <button
        type="button"
        class="icon"
        data-command="remove"
        aria-label={`Remove ${name}`}
        onClick={() => void root.send(storeId, "remove")}
      >
        ×
      </button>
    </li>
  );
}

type PriceTagProps = { readonly line: State; readonly name: string; readonly root: UsedRoot };

function PriceTag({ line, name, root }: PriceTagProps) {
  const price = fieldOf(line, "price");
  const { status, data, error } = readAsync(price, "amount");
  const cents = typeof data === "number" ? formatCents(data) : "no price yet";
  return (
    <p class="price" data-async="amount" data-status={status} aria-busy={status === "loading"}>
      <span>{status === "failed" ? error : cents}</span>{" "}
      <span class="chip" data-status={status}>
        {status}
      </span>
      <button
        type="button"
        class="link"
        data-command="ask_again"
        onClick={() => void root.send(storeIdAt(price), "ask_again")}
      >
        Ask again<span class="hidden"> for the price of {name}</span>
      </button>
    </p>
  );
}
