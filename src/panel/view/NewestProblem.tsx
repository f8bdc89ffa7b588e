import type { Panel } from "../model/panel";
import { say, sayCount, sayIfAny } from "../text/say";
import { SafeText } from "./SafeText";

/** What went wrong last with what is chosen in the tree, what to do about it, and where there is more of it. */
export function NewestProblem({ panel }: { readonly panel: Panel }) {
  const problem = panel.problems.newest.value;
  const chosen = panel.stores.selection.value;
  if (problem === null || chosen === null) return null;
  const { seq, code, message, total } = problem;
  return (
    <div class="problem" data-newest-problem={seq} data-code={code}>
      <SafeText text={message} /> <WhatToDo code={code} />
      <span class="actions">
        <button type="button" class="link" data-action="problem-frame" onClick={() => panel.showFrame(seq)}>
          {say("problem_frame", String(seq))}
        </button>
        <button
          type="button"
          class="link"
          data-action="problems"
          onClick={() => panel.goTo({ kind: "problems", of: chosen })}
        >
          {sayCount("problem_all", total)}
        </button>
      </span>
    </div>
  );
}

/** What a person can do about problems of a kind; nothing of a kind that is not known here. */
export function WhatToDo({ code }: { readonly code: string }) {
  return <span class="problem-todo">{sayIfAny(`problem_todo_${code}`)}</span>;
}
