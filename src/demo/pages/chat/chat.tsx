import { useSignal } from "@preact/signals";
import { useMemo } from "preact/hooks";
import type { Demo } from "../shell/demo";
import { formText } from "../shell/element";
import { Intro } from "../shell/Intro";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { keepVisitor, readVisitor } from "../shell/visitor";
import { ChatRoom } from "./ChatRoom";
import { PresenceCard } from "./PresenceCard";
import { Toasts } from "./Toasts";
import { createToaster } from "./toasts";

const ROOM = "lobby";

const LOOK = [
  "messages is a stream: the server keeps no list of it, and sends inserts, deletes and limits.",
  "profile is an async value: loading, then ok or failed with a reason.",
  "presence:room is a plain channel; who is there comes as presence_state and presence_diff.",
  "Edit what somebody else has said: the server says no in its reply, and nothing changes.",
  "Push events come in the events of an envelope, and leave no trace in the state.",
];

function ChatPage({ demo }: { readonly demo: Demo }) {
  const name = useSignal(readVisitor().name);
  const toaster = useMemo(createToaster, []);
  const rename = (wanted: string): void => {
    if (wanted !== "") name.value = keepVisitor({ ...readVisitor(), name: wanted }).name;
  };
  return (
    <>
      <Intro
        title="Chat"
        look={LOOK}
        lede={
          <>
            A stream of messages, presence on a plain channel, push events and an async value.{" "}
            <a href="./chat.html" target="_blank" rel="noopener">
              Open a second window
            </a>{" "}
            to talk to somebody.
          </>
        }
      />
      <div class="columns">
        <ChatRoom key={name.value} demo={demo} room={ROOM} name={name.value} toaster={toaster} />
        <div class="column">
          <NameCard name={name.value} rename={rename} />
          <PresenceCard key={name.value} demo={demo} name={name.value} />
          <ReplyCard entries={demo.entries} />
        </div>
      </div>
      <Toasts toaster={toaster} />
    </>
  );
}

function NameCard({ name, rename }: { readonly name: string; readonly rename: (name: string) => void }) {
  return (
    <section class="card" aria-labelledby="name-title">
      <h2 id="name-title">You</h2>
      <form
        class="buttons"
        onSubmit={(event) => {
          event.preventDefault();
          rename(formText(event.currentTarget, "name").trim());
        }}
      >
        <label class="grow">
          Name
          <input
            key={name}
            type="text"
            name="name"
            class="grow"
            defaultValue={name}
            maxLength={24}
            required
          />
        </label>
        <button type="submit" data-action="rename">
          Join as this
        </button>
      </form>
    </section>
  );
}

void showPage("chat", ChatPage);
