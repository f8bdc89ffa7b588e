import type { ComponentChildren } from "preact";
import type { RootView, StoreView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import type { Selection } from "../model/store-key";
import { showsState } from "../model/store-tabs";
import { say } from "../text/say";
import { NewestProblem } from "./NewestProblem";
import { Sentence } from "./Notice";
import { Skeleton } from "./Skeleton";
import { StoreHead } from "./StoreHead";
import { StoreSides } from "./store/StoreSides";

type StoreDetailProps = {
  readonly panel: Panel;
  readonly selection: Selection & { readonly kind: "store" };
};

/** The chosen store: what it is, and its sides. */
export function StoreDetail({ panel, selection }: StoreDetailProps) {
  const { stores } = panel;
  const root = stores.root.value;
  const view = stores.detail.view.value;
  if (root === null) return <Sentence text={say("stores_pick")} />;
  const version = showsState(panel.storeTabs.tab.value) ? view?.version : undefined;
  return (
    <article class="details" data-detail="store" data-version={version ?? root.version}>
      <StoreHead
        root={root}
        store_id={selection.store_id}
        onFrame={panel.showFrame}
        problem={<NewestProblem panel={panel} />}
      />
      <StoreSides
        panel={panel}
        absence={absence(view, root, selection.store_id)}
        onStore={(store_id) => stores.reveal({ ...selection, store_id })}
      />
    </article>
  );
}

/** What stands where the store has no value now; null: it has one. */
function absence(view: StoreView | null, root: RootView, storeId: readonly string[]): ComponentChildren {
  if (view === null) return <Skeleton />;
  if (view.value !== null) return null;
  if (view.truncated) return <Sentence text={say("moment_truncated")} />;
  if (root.status === "refused") return <Sentence text={say("store_refused")} />;
  const isEarly = storeId.length === 0 || root.version === 0;
  return <Sentence text={say(isEarly ? "store_no_state" : "store_gone")} />;
}
