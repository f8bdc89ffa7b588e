import { useSignal } from "@preact/signals";
import { useRef } from "preact/hooks";
import type { Compare, Compared } from "../model/compare";
import { comparisonLines, type Layout } from "../model/comparison-lines";
import type { Panel } from "../model/panel";
import { safeString } from "../model/safe-text";
import { say, sayCount } from "../text/say";
import { CompareBar } from "./compare/CompareBar";
import { Differences } from "./compare/Differences";
import { LayoutSelect } from "./compare/LayoutSelect";
import { Notice, Sentence } from "./Notice";
import { Skeleton } from "./Skeleton";
import { textScale } from "./TextScale";
import { useSize } from "./use-size";

/** From so many CSS pixels on, there is room for two sides. */
const BESIDE_FROM = 760;

/** Two moments of a root, and only what differs between them. */
export function CompareView({ panel }: { readonly panel: Panel }) {
  const { compare } = panel;
  const ref = useRef<HTMLDivElement>(null);
  const size = useSize(ref);
  const layout =
    compare.layout.value ?? (size.value.width >= BESIDE_FROM * textScale.value ? "beside" : "unified");
  return (
    <div ref={ref} class="compare" data-view="compare" data-layout={layout}>
      {compare.root.value !== null && <CompareBar compare={compare} />}
      <Content panel={panel} layout={layout} />
    </div>
  );
}

function Content({ panel, layout }: { readonly panel: Panel; readonly layout: Layout }) {
  const { compare } = panel;
  const result = compare.result.value;
  const diagnosis = panel.diagnosis.value;
  if (compare.root.value === null && diagnosis !== null)
    return <Notice panel={panel} diagnosis={diagnosis} />;
  if (compare.root.value === null) return <Sentence text={say("compare_no_roots")} />;
  if (compare.from.value === null || compare.to.value === null)
    return <Sentence text={say("compare_pick")} />;
  if (result === null) return <Skeleton />;
  return <Result panel={panel} layout={layout} result={result} />;
}

type ResultProps = { readonly panel: Panel; readonly layout: Layout; readonly result: Compared };

function Result({ panel, layout, result }: ResultProps) {
  const { compare, goTo } = panel;
  const active = useSignal<string | null>(null);
  const { answered, from, to } = result;
  if (!answered.ok) return <Sentence text={safeString(answered.message)} />;
  const { stores, more } = answered.answer;
  if (stores.length === 0) return <Sentence text={say("compare_same", from, to)} />;
  const lines = comparisonLines(stores, layout, compare.folds.value);
  const count = stores.reduce((sum, { differences }) => sum + differences.length, 0);
  return (
    <>
      <div class="compare-count">
        <p role="status" data-differences={count}>
          {sayCount("compare_count", count)} {sayCount("compare_stores", stores.length)}
          {more && <span class="compare-more"> {say("compare_more")}</span>}
        </p>
        <LayoutSelect compare={compare} />
      </div>
      <Differences
        lines={lines}
        active={active.value}
        onMove={(key) => {
          active.value = key;
        }}
        onFold={compare.fold}
        onStore={(store_id) => showStore(compare, goTo, store_id)}
      />
    </>
  );
}

function showStore(compare: Compare, goTo: Panel["goTo"], store_id: readonly string[]): void {
  const root = compare.root.peek();
  if (root !== null) goTo({ kind: "store", root, store_id });
}
