import { useEffect } from "preact/hooks";
import { listAt, numberAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type UsedRoot, useRoot } from "../roots/use-root";
import { countOf } from "../shell/count";
import type { Demo } from "../shell/demo";
import { formText } from "../shell/element";
import { MessageList } from "./MessageList";
import { ProfileLine } from "./ProfileLine";
import type { Toaster } from "./toasts";

type ChatRoomProps = {
  readonly demo: Demo;
  readonly room: string;
  readonly name: string;
  readonly toaster: Toaster;
};

/** A room as one visitor sees it: a root, mounted with the visitor's name. */
export function ChatRoom({ demo, room, name, toaster }: ChatRoomProps) {
  // The name is in the id, or another visitor on this page would get the first one's root.
  const root = useRoot(demo, { module: "Demo.RoomStore", id: `${room}-${name}`, params: { room, name } });
  useToasts(root, toaster);
  return (
    <RootCard title={`#${room}`} root={root}>
      {(state) => (
        <>
          <ProfileLine state={state} root={root} />
          <MessageList messages={listAt(state, "messages")} name={name} root={root} />
          <SayForm root={root} />
          <div class="buttons">
            <p class="grow quiet">
              <output data-show="said">{countOf(numberAt(state, "said"), "message")}</output> said in{" "}
              {textAt(state, "room")}
            </p>
            <button type="button" data-command="nudge" onClick={() => void root.send([], "nudge")}>
              Nudge everyone
            </button>
          </div>
        </>
      )}
    </RootCard>
  );
}

/** Shows each push event `toast` of the room. */
function useToasts({ root }: UsedRoot, toaster: Toaster): void {
  const mounted = root.value;
  useEffect(
    () => mounted?.on([], "toast", (payload) => toaster.show(textAt(payload, "text"))),
    [mounted, toaster],
  );
}

function SayForm({ root }: { readonly root: UsedRoot }) {
  return (
    <form
      class="buttons"
      onSubmit={(event) => {
        event.preventDefault();
        const form = event.currentTarget;
        const text = formText(form, "text");
        form.reset();
        void root.send([], "say", { text });
      }}
    >
      <label class="grow">
        <span class="hidden">Message</span>
        <input
          type="text"
          name="text"
          class="grow"
          placeholder="Say something"
          autocomplete="off"
          maxLength={500}
        />
      </label>
      <button type="submit" class="main" data-command="say">
        Send
      </button>
    </form>
  );
}
