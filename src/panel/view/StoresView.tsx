import type { Panel } from "../model/panel";
import { say } from "../text/say";
import { Details } from "./Details";
import { Notice, NoticeLine, Sentence } from "./Notice";
import { Split } from "./Split";
import { StoreTree } from "./StoreTree";

/** The tree of stores, and beside it what is chosen in it. */
export function StoresView({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  const isEmpty = (panel.overview.value?.connections.length ?? 0) === 0;
  if (isEmpty && diagnosis !== null) return <Notice panel={panel} diagnosis={diagnosis} />;
  if (isEmpty) return <Sentence text={say("connection_none")} />;
  const isTold = diagnosis !== null && panel.stores.selection.value === null;
  return (
    <div class="stores">
      {diagnosis !== null && !isTold && <NoticeLine panel={panel} diagnosis={diagnosis} />}
      <Split
        name="stores"
        share={{ beside: 38, stacked: 38 }}
        first={<StoreTree panel={panel} />}
        second={isTold ? <Notice panel={panel} diagnosis={diagnosis} /> : <Details panel={panel} />}
      />
    </div>
  );
}
