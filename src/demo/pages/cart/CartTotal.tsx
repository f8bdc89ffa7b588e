import { isTrueAt, numberAt, textAt } from "../../../client/field";
import type { State, UsedRoot } from "../roots/use-root";
import { countOf } from "../shell/count";
import { formatCents } from "./money";

/** What the cart amounts to, and what can be done with all of it. */
export function CartTotal({ state, root }: { readonly state: State; readonly root: UsedRoot }) {
  const discount = numberAt(state, "discount");
  const isManager = textAt(state, "role") === "manager";
  const order = textAt(state, "order");
  return (
    <>
      <p class="total">
        <span class="grow">
          {countOf(numberAt(state, "pieces"), "piece")}
          {discount === 0 ? "" : `, ${discount} % off`}
          {isTrueAt(state, "is_priced") ? "" : ", some without a price"}
        </span>
        <output data-show="total">{formatCents(numberAt(state, "total"))}</output>
      </p>
      {order !== "" && (
        <p class="notice good" data-show="order">
          Ordered: {order}
        </p>
      )}
      <div class="buttons">
        <button
          type="button"
          class="main"
          data-command="checkout"
          onClick={() => void root.send([], "checkout")}
        >
          Check out
        </button>
        <button
          type="button"
          data-command="discount"
          onClick={() => void root.send([], "discount", { percent: discount === 0 ? 10 : 0 })}
        >
          {discount === 0 ? "10 % discount" : "No discount"}
        </button>
        <button type="button" data-command="clear" onClick={() => void root.send([], "clear")}>
          Empty the cart
        </button>
        <label>
          <input
            type="checkbox"
            data-command="sign_in"
            checked={isManager}
            onChange={() => void root.send([], "sign_in", { role: isManager ? "guest" : "manager" })}
          />
          Act as a manager
        </label>
      </div>
    </>
  );
}
