import { useSignal } from "@preact/signals";
import type { LineSubject } from "../../bridge/line-key";
import type { ProblemsView as ProblemsWindow } from "../../bridge/view";
import type { Panel } from "../model/panel";
import { rowAt } from "../model/row-window";
import { safeString } from "../model/safe-text";
import { say } from "../text/say";
import { formatTime } from "./format";
import { ListBox } from "./ListBox";
import { WhatToDo } from "./NewestProblem";
import { Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { Skeleton } from "./Skeleton";

/** Up to so many, every sentence is shown whole; in a longer list it has two lines. */
const MAX_WHOLE = 200;
/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 60;

/** What went wrong, as sentences; each leads to the event where it did. */
export function ProblemsView({ panel }: { readonly panel: Panel }) {
  const { of, choose } = panel.problems;
  const name = of.value === null ? undefined : nameOf(of.value, panel);
  return (
    <div class="problems" data-view="problems" data-of={name}>
      {name !== undefined && (
        <p class="problems-of">
          {say("problems_of")} <SafeText text={name} />
          <button type="button" class="button" data-action="all-problems" onClick={() => choose(null)}>
            {say("problems_of_all")}
          </button>
        </p>
      )}
      <ProblemList key={name} panel={panel} />
    </div>
  );
}

/** What a list is about, in the page's words. */
function nameOf(of: LineSubject, { overview }: Panel): string {
  switch (of.kind) {
    case "store":
      return [of.root.root_id, ...of.store_id].join(" › ");
    case "channel":
      return of.topic;
    case "connection": {
      const connection = overview.value?.connections.find(({ id }) => id === of.connection);
      return connection?.endpoint ?? String(of.connection);
    }
  }
}

function ProblemList({ panel }: { readonly panel: Panel }) {
  const active = useSignal<number | null>(null);
  const view = panel.problems.window.value;
  const moment = panel.moment.at.value?.seq ?? null;
  if (view === null) return <Skeleton />;
  if (view.total === 0) return <Sentence text={say("problems_none")} />;
  return (
    <ListBox
      label={say("view_problems")}
      total={view.total}
      isFlow={view.total <= MAX_WHOLE}
      rowHeight={ROW_HEIGHT}
      lineAt={(row) => rowAt(view, row)}
      row={active.value}
      onMove={(row) => {
        active.value = row;
      }}
      onPick={({ seq }) => panel.showFrame(seq)}
      onSee={panel.problems.see}
      optionClass="problem-row"
      optionData={({ seq, code }) => ({
        ...{ "data-seq": seq, "data-code": code, "data-later": moment !== null && seq > moment },
      })}
      render={(problem) => <ProblemText problem={problem} />}
    />
  );
}

function ProblemText({ problem }: { readonly problem: ProblemsWindow["rows"][number] }) {
  return (
    <>
      <span class="problem-meta">
        <code class="problem-code">{safeString(problem.code)}</code>
        <span class="dim">
          #{problem.seq}, {formatTime(problem.t)} s
        </span>
      </span>
      <span class="problem-message" title={safeString(problem.message)}>
        <SafeText text={problem.message} /> <WhatToDo code={problem.code} />
      </span>
    </>
  );
}
