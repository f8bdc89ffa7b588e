import type { MusubiClient } from "../../client/client";
import { isTrueAt, listAt, numberAt, storeIdAt, textAt } from "../../client/field";
import type { RootSnapshot } from "../../client/root-session";
import { fieldValue, find, onClick, show } from "./element";
import type { ReplyLog } from "./reply-log";
import { bindRootCard, type RootCard, type SendCommand } from "./root-card";

type State = RootSnapshot["state"];

/** The list's card: its state, a row for each child store, and a button for each command. */
export function bindTodos(card: HTMLElement, id: string, client: MusubiClient, log: ReplyLog): RootCard {
  const spec = { module: "Demo.TodoStore", id, params: { title: "Today" } };
  const rows = new Map<string, HTMLLIElement>();
  const send: SendCommand = (storeId, name, payload) => todos.send(storeId, name, payload);
  const todos = bindRootCard(card, client, spec, log, (state) => {
    show(card, "title", textAt(state, "title"));
    for (const count of ["open", "done", "total"])
      show(card, count, String(numberAt(state, "counts", count)));
    showRows(find(card, '[data-show="todos"]', HTMLUListElement), rows, listAt(state, "todos"), send);
  });
  onClick(card, '[data-command="add"]', () => void send([], "add", { text: fieldValue(card, "text") }));
  onClick(card, '[data-command="clear_done"]', () => void send([], "clear_done"));
  onClick(card, '[data-command="rename_list"]', () => {
    void send([], "rename_list", { title: fieldValue(card, "title") });
  });
  return todos;
}

/** Keeps each store's row, so that focus and what is being typed stay where they are. */
function showRows(
  list: HTMLUListElement,
  rows: Map<string, HTMLLIElement>,
  todos: readonly State[],
  send: SendCommand,
): void {
  const shown = todos.map((todo) => {
    const key = JSON.stringify(storeIdAt(todo));
    const row = rows.get(key) ?? createRow(key, todo, send);
    rows.set(key, row);
    updateRow(row, todo);
    return row;
  });
  for (const [key, row] of rows) {
    if (shown.includes(row)) continue;
    row.remove();
    rows.delete(key);
  }
  for (const [index, row] of shown.entries()) {
    if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
  }
}

function createRow(key: string, todo: State, send: SendCommand): HTMLLIElement {
  const storeId = storeIdAt(todo);
  const row = document.createElement("li");
  row.dataset.storeId = key;
  const done = createInput("checkbox", "toggle", `Done: ${textAt(todo, "id")}`);
  done.addEventListener("change", () => void send(storeId, "toggle"));
  const text = createInput("text", null, `Text of ${textAt(todo, "id")}`);
  const rename = createButton("Rename", "rename", () => {
    void send(storeId, "rename", { text: text.value });
  });
  const remove = createButton("Remove", "remove", () => void send([], "remove", { id: textAt(todo, "id") }));
  row.append(done, text, rename, remove);
  return row;
}

function updateRow(row: HTMLLIElement, todo: State): void {
  const isDone = isTrueAt(todo, "done");
  row.dataset.done = String(isDone);
  find(row, "input[type=checkbox]", HTMLInputElement).checked = isDone;
  const text = find(row, "input[type=text]", HTMLInputElement);
  // Only what the server changed: a half-typed new text must survive the envelopes of other rows.
  if (row.dataset.text === textAt(todo, "text")) return;
  row.dataset.text = textAt(todo, "text");
  text.value = textAt(todo, "text");
}

function createInput(type: string, command: string | null, label: string): HTMLInputElement {
  const input = document.createElement("input");
  input.type = type;
  input.setAttribute("aria-label", label);
  if (command !== null) input.dataset.command = command;
  return input;
}

function createButton(label: string, command: string, listener: () => void): HTMLButtonElement {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.dataset.command = command;
  button.addEventListener("click", listener);
  return button;
}
