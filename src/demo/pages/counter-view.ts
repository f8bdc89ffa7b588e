import type { MusubiClient } from "../../client/client";
import { numberAt, textAt } from "../../client/field";
import { fieldValue, onClick, show } from "./element";
import type { ReplyLog } from "./reply-log";
import { bindRootCard, type RootCard } from "./root-card";

/** The counter's card: its state, and a button for each of its commands. */
export function bindCounter(card: HTMLElement, client: MusubiClient, log: ReplyLog): RootCard {
  const spec = { module: "Demo.CounterStore", id: "main", params: { count: 0 } };
  const counter = bindRootCard(card, client, spec, log, (state) => {
    show(card, "count", String(numberAt(state, "count")));
    show(card, "label", textAt(state, "label"));
    show(card, "doubled", String(numberAt(state, "child", "doubled")));
  });
  onClick(card, '[data-command="increment"]', () => {
    void counter.send([], "increment", { amount: Number(fieldValue(card, "amount")) });
  });
  for (const name of ["fail", "no_such_command"]) {
    onClick(card, `[data-command="${name}"]`, () => void counter.send([], name));
  }
  return counter;
}
