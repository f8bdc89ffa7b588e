import { useRef } from "preact/hooks";
import { numberAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import type { UsedRoot } from "../roots/use-root";

/** A number, its child store that doubles it, and commands that succeed, fail and do not exist. */
export function CounterCard({ root }: { readonly root: UsedRoot }) {
  const amount = useRef<HTMLInputElement>(null);
  return (
    <RootCard title="Counter" root={root}>
      {(state) => (
        <>
          <p class="figure">
            <output data-show="count">{numberAt(state, "count")}</output>{" "}
            <span data-show="label">{textAt(state, "label")}</span>
          </p>
          <p>
            Its child store doubles that:{" "}
            <output data-show="doubled">{numberAt(state, "child", "doubled")}</output>
          </p>
          <form
            class="buttons"
            onSubmit={(event) => {
              event.preventDefault();
              void root.send([], "increment", { amount: amount.current?.valueAsNumber ?? 0 });
            }}
          >
            <label>
              Amount
              <input ref={amount} type="number" name="amount" defaultValue="1" step="1" required />
            </label>
            <button type="submit" class="main" data-command="increment">
              Increment
            </button>
            <button type="button" data-command="fail" onClick={() => void root.send([], "fail")}>
              Fail
            </button>
            <button
              type="button"
              data-command="no_such_command"
              onClick={() => void root.send([], "no_such_command")}
            >
              Unknown command
            </button>
          </form>
        </>
      )}
    </RootCard>
  );
}
