import { useSignal } from "@preact/signals";
import { useId } from "preact/hooks";
import type { ProblemsView as ProblemsWindow } from "../../bridge/view";
import { gridTarget } from "../model/grid-keys";
import type { Panel } from "../model/panel";
import { type RowRange, rowAt } from "../model/row-window";
import { safeString } from "../model/safe-text";
import { FlowList } from "./FlowList";
import { formatTime } from "./format";
import { Sentence } from "./Notice";
import { SafeText } from "./SafeText";
import { TEXT } from "./text";
import { VirtualList } from "./VirtualList";

/** Up to so many, every sentence is shown whole; in a longer list it has two lines. */
const MAX_WHOLE = 200;
/** As in the style sheet. CSS pixels. */
const ROW_HEIGHT = 60;

/** Everything that went wrong, as sentences; each leads to the event where it did. */
export function ProblemsView({ panel }: { readonly panel: Panel }) {
  const id = useId();
  const active = useSignal<number | null>(null);
  const view = panel.problems.window.value;
  const total = view?.total ?? 0;

  function onKeyDown(event: KeyboardEvent): void {
    const present = active.value === null ? undefined : rowAt(view, active.value);
    if (event.key === "Enter" && present !== undefined) panel.showFrame(present.seq);
    const target = gridTarget(event.key, active.value, total);
    if (target === null) return;
    event.preventDefault();
    active.value = target;
  }

  const list = {
    ...{ total, reveal: active.value, onSee: panel.problems.see },
    attributes: {
      role: "listbox",
      tabIndex: 0,
      onKeyDown,
      "aria-label": TEXT.problemList,
      "aria-activedescendant": active.value === null ? undefined : `${id}-${active.value}`,
    } as const,
    render: ({ first, count }: RowRange) =>
      Array.from({ length: count }, (_, offset) => first + offset).map((row) => (
        <ProblemRow
          key={row}
          id={`${id}-${row}`}
          place={{ row, total }}
          problem={rowAt(view, row)}
          isActive={row === active.value}
          onShow={panel.showFrame}
        />
      )),
  };
  return (
    <div class="problems" data-view="problems">
      {total === 0 && <Sentence text={view === null ? TEXT.loadingRow : TEXT.noProblems} />}
      {total > 0 && total <= MAX_WHOLE && <FlowList {...list} />}
      {total > MAX_WHOLE && <VirtualList {...list} rowHeight={ROW_HEIGHT} />}
    </div>
  );
}

type ProblemRowProps = {
  readonly id: string;
  readonly place: { readonly row: number; readonly total: number };
  /** Undefined: its window has not come yet. */
  readonly problem: ProblemsWindow["rows"][number] | undefined;
  readonly isActive: boolean;
  readonly onShow: (seq: number) => void;
};

function ProblemRow({ id, place, problem, isActive, onShow }: ProblemRowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the focus and takes the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the same
    <div
      id={id}
      role="option"
      class="problem-row"
      aria-posinset={place.row + 1}
      aria-setsize={place.total}
      aria-selected={isActive}
      data-seq={problem?.seq}
      data-code={problem?.code}
      onClick={() => problem !== undefined && onShow(problem.seq)}
    >
      {problem === undefined ? (
        <span class="dim">{TEXT.loadingRow}</span>
      ) : (
        <>
          <span class="problem-meta">
            <code class="problem-code">{safeString(problem.code)}</code>
            <span class="dim">
              #{problem.seq}, {formatTime(problem.t)} s
            </span>
          </span>
          <span class="problem-message" title={safeString(problem.message)}>
            <SafeText text={problem.message} />
          </span>
        </>
      )}
    </div>
  );
}
