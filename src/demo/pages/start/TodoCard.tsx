import { listAt, numberAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type UsedRoot, useRoot } from "../roots/use-root";
import type { Demo } from "../shell/demo";
import { formText } from "../shell/element";
import { TodoRow } from "./TodoRow";

/** A list whose items are stores, and the commands of the list. */
export function TodoCard({ demo }: { readonly demo: Demo }) {
  // Where roots share a channel they share one space of ids, whatever their modules (wire.md 4).
  const id = demo.config.wire === "multiplexed" ? "todos" : "main";
  const root = useRoot(demo, { module: "Demo.TodoStore", id, params: { title: "Today" } });
  const snapshot = root.snapshot.value;
  const name = snapshot === null || snapshot === "failed" ? "–" : textAt(snapshot.data, "title");
  return (
    <RootCard title={`Todos: ${name}`} root={root}>
      {(state) => (
        <>
          <p>
            <output data-show="open">{numberAt(state, "counts", "open")}</output> open,{" "}
            <output data-show="done">{numberAt(state, "counts", "done")}</output> done,{" "}
            <output data-show="total">{numberAt(state, "counts", "total")}</output> in all
          </p>
          <ul class="rows" data-show="todos">
            {listAt(state, "todos").map((todo) => (
              <TodoRow key={textAt(todo, "id")} todo={todo} root={root} />
            ))}
          </ul>
          <TextForm
            root={root}
            label="New todo"
            field="text"
            command="add"
            action="Add"
            suggestion="Buy rice"
          />
          <TextForm
            root={root}
            label="Title"
            field="title"
            command="rename_list"
            action="Rename the list"
            suggestion="Tomorrow"
          />
          <button type="button" data-command="clear_done" onClick={() => void root.send([], "clear_done")}>
            Clear done
          </button>
        </>
      )}
    </RootCard>
  );
}

type TextFormProps = {
  readonly root: UsedRoot;
  readonly label: string;
  /** The text's name in the payload of the command. */
  readonly field: string;
  readonly command: string;
  /** What the button says. */
  readonly action: string;
  /** What stands in the field at first. */
  readonly suggestion: string;
};

/** A text that a command of the list takes. */
function TextForm({ root, label, field, command, action, suggestion }: TextFormProps) {
  return (
    <form
      class="buttons"
      onSubmit={(event) => {
        event.preventDefault();
        void root.send([], command, { [field]: formText(event.currentTarget, field) });
      }}
    >
      <label class="grow">
        {label}
        <input type="text" class="grow" name={field} defaultValue={suggestion} />
      </label>
      <button type="submit" class={command === "add" ? "main" : ""} data-command={command}>
        {action}
      </button>
    </form>
  );
}
