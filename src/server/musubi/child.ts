import type { Assigns } from "../phoenix/assigns";
import { addEffect } from "./effect";
import type { MusubiSocket } from "./socket";
import { Child, type Store } from "./store";

/**
 * Puts a store here, with these props as its assigns. It is mounted when it first appears under its
 * store id, updated when its props change by structure, and discarded when a render leaves it out.
 * Two of one store id crash the page (wire.md 6).
 *
 *     render: ({ assigns }) => ({ lines: assigns.lines.map((line) => child(LineStore, line)) })
 */
export function child<Props extends Assigns>(
  store: Store<Props>,
  { id, ...props }: NoInfer<Props> & { readonly id: string },
): Child {
  // Plain JavaScript may give a number, or forget it: on the wire an id is a text (wire.md 6).
  if (typeof id === "string" && id !== "") return new Child(store, id, props);
  throw new Error(`A child of ${store.module} needs an id: a text that is not empty.`);
}

/**
 * A function-valued prop: how a child changes the store above it. Give one function declared once, not
 * one made in every render, and equal props stay equal.
 */
// A method, so that a parent may name the type of its own assigns: the runtime calls it with that parent.
export type ParentCallback<Arguments extends readonly unknown[]> = {
  call(parent: MusubiSocket<Assigns>, ...args: Arguments): MusubiSocket<Assigns>;
}["call"];

/** Calls `callback` with the parent's socket and `args`, once the running callback of the child has returned. */
export function notifyParent<Own extends Assigns, Arguments extends readonly unknown[]>(
  socket: MusubiSocket<Own>,
  callback: ParentCallback<Arguments>,
  ...args: Arguments
): MusubiSocket<Own> {
  return addEffect(socket, { kind: "notify_parent", change: (parent) => callback(parent, ...args) });
}
