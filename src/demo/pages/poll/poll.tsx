import { useSignal } from "@preact/signals";
import type { Demo } from "../shell/demo";
import { Intro } from "../shell/Intro";
import { ReplyCard } from "../shell/ReplyCard";
import { showPage } from "../shell/show-page";
import { readVisitor } from "../shell/visitor";
import { PollCard } from "./PollCard";
import { PollListCard } from "./PollListCard";

const LOOK = [
  "Three roots of one page, and one more for each poll that you show: each has its own version.",
  "A vote in another window arrives as an envelope that no command of this page asked for.",
  "Demo.PollStore has a child store for each answer; open one and follow its votes.",
];

function PollPage({ demo }: { readonly demo: Demo }) {
  const shown = useSignal<readonly string[]>(["lunch", "editor"]);
  const toggle = (poll: string): void => {
    const isShown = shown.value.includes(poll);
    shown.value = isShown ? shown.value.filter((other) => other !== poll) : [...shown.value, poll];
  };
  return (
    <>
      <Intro
        title="Poll"
        look={LOOK}
        lede={
          <>
            Several roots over one socket, and a server that tells every page what changed.{" "}
            <a href="./poll.html" target="_blank" rel="noopener">
              Open a second window
            </a>{" "}
            and vote in both.
          </>
        }
      />
      <div class="columns">
        <div class="column">
          {shown.value.map((poll) => (
            <PollCard key={poll} demo={demo} poll={poll} voter={readVisitor().id} />
          ))}
        </div>
        <div class="column">
          <PollListCard demo={demo} shown={shown.value} toggle={toggle} />
          <ReplyCard entries={demo.entries} />
        </div>
      </div>
    </>
  );
}

void showPage("poll", PollPage);
