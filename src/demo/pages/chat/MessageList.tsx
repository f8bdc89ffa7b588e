import { useSignal } from "@preact/signals";
import { useEffect, useRef } from "preact/hooks";
import { isTrueAt, textAt } from "../../../client/field";
import type { State, UsedRoot } from "../roots/use-root";
import { formText } from "../shell/element";

type MessageListProps = {
  readonly messages: readonly State[];
  /** Whose messages may be changed. The server has the last word. */
  readonly name: string;
  readonly root: UsedRoot;
};

/** The stream of a room. It stays at its end as messages come. */
export function MessageList({ messages, name, root }: MessageListProps) {
  const list = useRef<HTMLDivElement>(null);
  const last = textAt(messages.at(-1) ?? null, "id");
  useEffect(() => {
    if (last !== "") list.current?.scrollTo({ top: list.current.scrollHeight });
  }, [last]);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, and so has to be in reach of the keyboard
    <div class="messages" ref={list} role="log" aria-label="Messages" tabIndex={0}>
      <ol data-show="messages">
        {messages.map((message) => (
          <Message
            key={textAt(message, "id")}
            message={message}
            isOwn={textAt(message, "name") === name}
            root={root}
          />
        ))}
      </ol>
      {messages.length === 0 && <p class="quiet">Nothing has been said yet.</p>}
    </div>
  );
}

type MessageProps = { readonly message: State; readonly isOwn: boolean; readonly root: UsedRoot };

function Message({ message, isOwn, root }: MessageProps) {
  const isEdited = useSignal(false);
  const id = textAt(message, "id");
  const edit = (text: string): void => {
    isEdited.value = false;
    void root.send([], "edit", { id, text });
  };
  return (
    <li class="message" data-message={id} data-own={isOwn}>
      <p class="message-head">
        <strong>{textAt(message, "name")}</strong>{" "}
        <time class="quiet" dateTime={textAt(message, "at")}>
          {clockTime(textAt(message, "at"))}
        </time>
        {isTrueAt(message, "edited") && <span class="quiet">edited</span>}
      </p>
      {isEdited.value ? (
        <EditForm text={textAt(message, "text")} edit={edit} />
      ) : (
        <p class="message-text">{textAt(message, "text")}</p>
      )}
      <div class="message-tools">
        <button
          type="button"
          class="icon"
          data-action="edit"
          aria-label={`Edit ${textAt(message, "text")}`}
          onClick={() => {
            isEdited.value = !isEdited.value;
          }}
        >
          ✎
        </button>
        <button
          type="button"
          class="icon"
          data-command="remove"
          aria-label={`Delete ${textAt(message, "text")}`}
          onClick={() => void root.send([], "remove", { id })}
        >
          ×
        </button>
      </div>
    </li>
  );
}

function EditForm({ text, edit }: { readonly text: string; readonly edit: (text: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.select(), []);
  return (
    <form
      class="buttons"
      onSubmit={(event) => {
        event.preventDefault();
        edit(formText(event.currentTarget, "text"));
      }}
    >
      <label class="grow">
        <span class="hidden">New text</span>
        <input ref={field} type="text" name="text" class="grow" defaultValue={text} maxLength={500} />
      </label>
      <button type="submit" class="main" data-command="edit">
        Save
      </button>
    </form>
  );
}

/** The time of day of an ISO date; what is no date is left out. */
function clockTime(iso: string): string {
  const date = new Date(iso);
  if (Number.isNaN(date.getTime())) return "";
  return date.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}
