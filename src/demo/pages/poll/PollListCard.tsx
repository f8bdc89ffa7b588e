import type { TargetedSubmitEvent } from "preact";
import { isTrueAt, listAt, numberAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type State, type UsedRoot, useRoot } from "../roots/use-root";
import { countOf } from "../shell/count";
import type { Demo } from "../shell/demo";
import { formText } from "../shell/element";

type PollListProps = {
  readonly demo: Demo;
  /** The polls that have a card. */
  readonly shown: readonly string[];
  readonly toggle: (poll: string) => void;
};

/** All polls, which is a root of its own, and a form for another one. */
export function PollListCard({ demo, shown, toggle }: PollListProps) {
  const root = useRoot(demo, { module: "Demo.PollListStore", id: "all", params: {} });
  return (
    <RootCard title="All polls" root={root}>
      {(state) => (
        <>
          <ul class="rows" data-show="polls">
            {listAt(state, "polls").map((poll) => (
              <PollRow key={textAt(poll, "id")} poll={poll} shown={shown} toggle={toggle} />
            ))}
          </ul>
          <NewPoll root={root} opened={toggle} />
        </>
      )}
    </RootCard>
  );
}

function PollRow({ poll, shown, toggle }: Omit<PollListProps, "demo"> & { readonly poll: State }) {
  const id = textAt(poll, "id");
  const isShown = shown.includes(id);
  return (
    <li data-poll={id}>
      <span class="grow">
        {textAt(poll, "question")}{" "}
        <span class="quiet">
          {countOf(numberAt(poll, "total"), "vote")}
          {isTrueAt(poll, "open") ? "" : ", closed"}
        </span>
      </span>
      <button type="button" aria-pressed={isShown} onClick={() => toggle(id)}>
        {isShown ? "Hide" : "Show"}
        <span class="hidden"> {textAt(poll, "question")}</span>
      </button>
    </li>
  );
}

/** Asks the server for another poll, and shows it to whoever asked. */
function NewPoll({ root, opened }: { readonly root: UsedRoot; readonly opened: (poll: string) => void }) {
  const submit = async (event: TargetedSubmitEvent<HTMLFormElement>): Promise<void> => {
    event.preventDefault();
    const form = event.currentTarget;
    const options = formText(form, "options").split(",");
    const reply = await root.send([], "open_poll", { question: formText(form, "question"), options });
    const id = textAt(reply, "id");
    if (id === "") return;
    form.reset();
    opened(id);
  };
  return (
    <form class="stack" onSubmit={(event) => void submit(event)}>
      <label class="wide">
        A question of your own
        <input type="text" name="question" placeholder="Tea or coffee?" maxLength={120} />
      </label>
      <label class="wide">
        Its answers, with commas between them
        <input type="text" name="options" placeholder="Tea, Coffee" maxLength={200} />
      </label>
      <button type="submit" class="main" data-command="open_poll">
        Open the poll
      </button>
    </form>
  );
}
