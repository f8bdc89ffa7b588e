import { isTrueAt, listAt, numberAt, textAt } from "../../../client/field";
import { RootCard } from "../roots/RootCard";
import { type State, useRoot } from "../roots/use-root";
import { countOf } from "../shell/count";
import type { Demo } from "../shell/demo";

type PollCardProps = { readonly demo: Demo; readonly poll: string; readonly voter: string };

/** One poll: a root of its own. */
export function PollCard({ demo, poll, voter }: PollCardProps) {
  const root = useRoot(demo, { module: "Demo.PollStore", id: poll, params: { poll, voter } });
  const snapshot = root.snapshot.value;
  const question = snapshot === null || snapshot === "failed" ? "" : textAt(snapshot.data, "question");
  return (
    <RootCard title={question === "" ? poll : question} root={root}>
      {(state) => {
        if (!isTrueAt(state, "found")) {
          return (
            <p class="quiet">There is no such poll: since it was opened, the server has been started anew.</p>
          );
        }
        const isOpen = isTrueAt(state, "open");
        return (
          <>
            <ul class="options">
              {listAt(state, "options").map((option) => (
                <Option
                  key={textAt(option, "id")}
                  option={option}
                  isOpen={isOpen}
                  vote={() => void root.send([], "vote", { option: textAt(option, "id") })}
                />
              ))}
            </ul>
            <div class="buttons">
              <p class="grow quiet">
                <output data-show="total">{countOf(numberAt(state, "total"), "vote")}</output>
                {isOpen ? "" : ", closed"}
              </p>
              <button type="button" data-command="withdraw" onClick={() => void root.send([], "withdraw")}>
                Withdraw my vote
              </button>
              <button
                type="button"
                data-command={isOpen ? "close" : "reopen"}
                onClick={() => void root.send([], isOpen ? "close" : "reopen")}
              >
                {isOpen ? "Close the poll" : "Open it again"}
              </button>
            </div>
          </>
        );
      }}
    </RootCard>
  );
}

type OptionProps = { readonly option: State; readonly isOpen: boolean; readonly vote: () => void };

/** An answer that one can choose. It can be pressed in a closed poll too, to see the server say no. */
function Option({ option, isOpen, vote }: OptionProps) {
  const votes = numberAt(option, "votes");
  const share = numberAt(option, "share");
  return (
    <li>
      <button
        type="button"
        class="option"
        data-option={textAt(option, "id")}
        data-open={isOpen}
        aria-pressed={isTrueAt(option, "mine")}
        onClick={vote}
      >
        <span class="bar" style={{ inlineSize: `${share}%` }} />
        <span class="grow">{textAt(option, "label")}</span>
        <span class="quiet">{share} %</span>
        <output data-show="votes" aria-label={countOf(votes, "vote")}>
          {votes}
        </output>
      </button>
    </li>
  );
}
