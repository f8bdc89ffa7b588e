import { listAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type State, type UsedRoot, useRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { Intro } from "../shell/Intro";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { CartLine } from "./CartLine";
import { CartTotal } from "./CartTotal";

const LOOK = [
  "Three levels of stores: the cart, a line for each of its goods, a price in each line.",
  "Remove the first line: the array shifts, and every store stays the one that it is.",
  "A price is an async value: loading, ok, or failed with a reason; its old result stays.",
  "A price tells its line, and a line tells the cart, by callbacks on the server: one envelope has it all.",
];

function CartPage({ demo }: { readonly demo: Demo }) {
  const root = useRoot(demo, { module: "Demo.CartStore", id: "main", params: {} });
  return (
    <>
      <Intro
        title="Cart"
        look={LOOK}
        lede="Stores in stores in stores, prices that take their time or fail, and a server that can say no in several ways."
      />
      <div class="columns">
        <div class="column">
          <RootCard title="Your cart" root={root}>
            {(state) => (
              <>
                <ul class="rows" data-show="lines">
                  {listAt(state, "lines").map((line) => (
                    <CartLine key={textAt(line, "sku")} line={line} root={root} />
                  ))}
                </ul>
                {listAt(state, "lines").length === 0 && <p class="quiet">The cart is empty.</p>}
                <CartTotal state={state} root={root} />
              </>
            )}
          </RootCard>
        </div>
        <div class="column">
          <GoodsCard root={root} />
          <RefusalsCard root={root} />
          <ReplyCard entries={demo.entries} />
        </div>
      </div>
    </>
  );
}

function GoodsCard({ root }: { readonly root: UsedRoot }) {
  const snapshot = root.snapshot.value;
  const goods = snapshot === null || snapshot === "failed" ? [] : listAt(snapshot.data, "goods");
  return (
    <section class="card" aria-labelledby="goods-title">
      <h2 id="goods-title">Goods</h2>
      <div class="buttons">
        {goods.map((good) => (
          <GoodButton key={textAt(good, "sku")} good={good} root={root} />
        ))}
      </div>
    </section>
  );
}

function GoodButton({ good, root }: { readonly good: State; readonly root: UsedRoot }) {
  const sku = textAt(good, "sku");
  return (
    <button type="button" data-add={sku} onClick={() => void root.send([], "add", { sku })}>
      + {textAt(good, "name")}
    </button>
  );
}

/** What goes wrong on purpose: every way in which a command can fail. */
function RefusalsCard({ root }: { readonly root: UsedRoot }) {
  return (
    <section class="card" aria-labelledby="refusals-title">
      <h2 id="refusals-title">Ways to be refused</h2>
      <p class="quiet">
        A reply that says no, an error, an unknown name, and a payload that crashes the cart.
      </p>
      <div class="buttons">
        <button
          type="button"
          data-refused="discount"
          onClick={() => void root.send([], "discount", { percent: 10 })}
        >
          Discount as a guest
        </button>
        <button
          type="button"
          data-refused="sold_out"
          onClick={() => void root.send([], "add", { sku: "eggs" })}
        >
          Add what is sold out
        </button>
        <button type="button" data-refused="checkout" onClick={() => void root.send([], "checkout")}>
          Check out too early
        </button>
        <button
          type="button"
          data-refused="unknown_store"
          onClick={() => void root.send(["lines", "gone"], "remove")}
        >
          Remove a line that is gone
        </button>
        <button type="button" data-refused="crash" onClick={() => void root.send([], "add", { sku: 7 })}>
          Crash with a bad payload
        </button>
      </div>
    </section>
  );
}

void showPage("cart", CartPage);
