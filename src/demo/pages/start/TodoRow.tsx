import { useLayoutEffect, useRef } from "preact/hooks";
import { isTrueAt, storeIdAt, textAt } from "../../../client/field";
import type { State, UsedRoot } from "../roots/use-root";
import { formText } from "../shell/element";

/** One todo, which is a store of its own. */
export function TodoRow({ todo, root }: { readonly todo: State; readonly root: UsedRoot }) {
  const storeId = storeIdAt(todo);
  const id = textAt(todo, "id");
  const text = textAt(todo, "text");
  const isDone = isTrueAt(todo, "done");
  const field = useRef<HTMLInputElement>(null);
  // Only what the server changed: a half-typed text must survive the envelopes of other rows.
  useLayoutEffect(() => {
    if (field.current !== null) field.current.value = text;
  }, [text]);
  return (
    <li data-store-id={JSON.stringify(storeId)} data-done={isDone}>
      <input
        type="checkbox"
        data-command="toggle"
        aria-label={`Done: ${text}`}
        checked={isDone}
        onChange={() => void root.send(storeId, "toggle")}
      />
      <form
        class="buttons grow"
        onSubmit={(event) => {
          event.preventDefault();
          void root.send(storeId, "rename", { text: formText(event.currentTarget, "text") });
        }}
      >
        <input ref={field} type="text" name="text" class="grow" aria-label={`Text of ${id}`} />
        <button type="submit" data-command="rename">
          Rename<span class="hidden"> {text}</span>
        </button>
      </form>
      <button
        type="button"
        class="icon"
        data-command="remove"
        aria-label={`Remove ${text}`}
        onClick={() => void root.send([], "remove", { id })}
      >
        ×
      </button>
    </li>
  );
}
