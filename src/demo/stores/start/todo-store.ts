import { child, notifyParent, type ParentCallback } from "../../../server/musubi/child";
import { defineStore } from "../../../server/musubi/define-store";
import { assign, type MusubiSocket, update } from "../../../server/musubi/socket";
import { noreply, reply } from "../../../server/musubi/store";
import { requireString } from "../../../server/payload";

type Todo = { readonly id: string; readonly text: string; readonly done: boolean };

type TodoAssigns = { readonly title: string; readonly todos: readonly Todo[]; readonly next_id: number };

type ItemProps = {
  readonly text: string;
  readonly done: boolean;
  readonly on_change: ParentCallback<[id: string, change: Partial<Todo>]>;
};

/** One todo. It shows its props, and tells the list what became of it. */
export const TodoItemStore = defineStore({
  module: "Demo.TodoItemStore",
  render: ({ id, assigns: { text, done } }: MusubiSocket<ItemProps>) => ({ id, text, done }),
  commands: {
    toggle: (_payload, socket) => {
      const { on_change, done } = socket.assigns;
      return noreply(notifyParent(socket, on_change, socket.id, { done: !done }));
    },
    rename: (payload, socket) => {
      const text = requireString(payload, "text").trim();
      if (text === "") return reply(socket, EMPTY_TEXT);
      return noreply(notifyParent(socket, socket.assigns.on_change, socket.id, { text }));
    },
  },
});

/** A list of child stores, one a todo. Mount param: `title` (default "Today"). */
export const TodoStore = defineStore({
  module: "Demo.TodoStore",
  root: true,
  mount: (params, socket) => {
    const title = Object.hasOwn(params, "title") ? requireString(params, "title") : "Today";
    return assign(socket, { title, todos: FIRST_TODOS, next_id: FIRST_TODOS.length + 1 });
  },
  render: ({ assigns: { title, todos } }) => ({
    title,
    counts: countTodos(todos),
    todos: todos.map((todo) => child(TodoItemStore, { ...todo, on_change: changeTodo })),
  }),
  commands: {
    add: (payload, socket) => {
      const text = requireString(payload, "text").trim();
      if (text === "") return reply(socket, EMPTY_TEXT);
      const { todos, next_id } = socket.assigns;
      const id = `t${next_id}`;
      const added = [...todos, { id, text, done: false }];
      return reply(assign(socket, { todos: added, next_id: next_id + 1 }), { id });
    },
    remove: (payload, socket) => {
      const id = requireString(payload, "id");
      return noreply(update(socket, "todos", (todos) => todos.filter((todo) => todo.id !== id)));
    },
    rename_list: (payload, socket) => noreply(assign(socket, { title: requireString(payload, "title") })),
    clear_done: (_payload, socket) => {
      const removed = socket.assigns.todos.filter(({ done }) => done).length;
      const cleared = update(socket, "todos", (todos) => todos.filter(({ done }) => !done));
      return reply(cleared, { removed });
    },
  },
});

const FIRST_TODOS: readonly Todo[] = [
  { id: "t1", text: "Open the DevTools panel", done: true },
  { id: "t2", text: "Watch the store change", done: false },
  { id: "t3", text: "Send a command", done: false },
];

// Musubi handlers say no with an ordinary reply (wire.md 11).
const EMPTY_TEXT = { ok: false, reason: "the text is empty" } as const;

function changeTodo(
  list: MusubiSocket<TodoAssigns>,
  id: string,
  change: Partial<Todo>,
): MusubiSocket<TodoAssigns> {
  return update(list, "todos", (todos) =>
    todos.map((todo) => (todo.id === id ? { ...todo, ...change } : todo)),
  );
}

function countTodos(todos: readonly Todo[]): { total: number; open: number; done: number } {
  const done = todos.filter((todo) => todo.done).length;
  return { total: todos.length, open: todos.length - done, done };
}
