import type { RootView, StoreView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import type { Selection } from "../model/store-key";
import { JsonPane } from "./JsonPane";
import { Sentence } from "./Notice";
import { StoreHead } from "./StoreHead";
import { TEXT } from "./text";

type StoreDetailProps = {
  readonly panel: Panel;
  readonly selection: Selection & { readonly kind: "store" };
};

/** The chosen store: what it is, and its live state. */
export function StoreDetail({ panel, selection }: StoreDetailProps) {
  const { stores } = panel;
  const root = stores.root.value;
  const view = stores.detail.view.value;
  if (root === null) return <Sentence text={TEXT.pickStore} />;
  return (
    <article class="details" data-detail="store" data-version={view?.version ?? root.version}>
      <StoreHead root={root} store_id={selection.store_id} onFrame={panel.showFrame} />
      {view === null || view.value === null ? (
        <Sentence text={absence(view, root, selection.store_id)} />
      ) : (
        <JsonPane
          name="state"
          label={TEXT.state}
          title={TEXT.state}
          value={view.value}
          slots={stores.detail.slots.value}
          unfolding={stores.detail.unfolding}
          changes={stores.detail.changes.value}
          onStore={(store_id) => stores.reveal({ ...selection, store_id })}
        />
      )}
    </article>
  );
}

function absence(view: StoreView | null, root: RootView, storeId: readonly string[]): string {
  if (view === null) return TEXT.loadingStore;
  if (root.status === "refused") return TEXT.refused;
  return storeId.length === 0 || root.version === 0 ? TEXT.noStateYet : TEXT.storeGone;
}
