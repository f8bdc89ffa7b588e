import type { RootView, StoreView } from "../../bridge/view";
import type { Panel } from "../model/panel";
import type { Selection } from "../model/store-key";
import { showsState } from "../model/store-tabs";
import { Sentence } from "./Notice";
import { StoreHead } from "./StoreHead";
import { StoreSides } from "./store/StoreSides";
import { TEXT } from "./text";

type StoreDetailProps = {
  readonly panel: Panel;
  readonly selection: Selection & { readonly kind: "store" };
};

/** The chosen store: what it is, and its sides. */
export function StoreDetail({ panel, selection }: StoreDetailProps) {
  const { stores } = panel;
  const root = stores.root.value;
  const view = stores.detail.view.value;
  if (root === null) return <Sentence text={TEXT.pickStore} />;
  const version = showsState(panel.storeTabs.tab.value) ? view?.version : undefined;
  return (
    <article class="details" data-detail="store" data-version={version ?? root.version}>
      <StoreHead root={root} store_id={selection.store_id} onFrame={panel.showFrame} />
      <StoreSides
        panel={panel}
        absence={absence(view, root, selection.store_id)}
        onStore={(store_id) => stores.reveal({ ...selection, store_id })}
      />
    </article>
  );
}

/** Why the store has no value now; null: it has one. */
function absence(view: StoreView | null, root: RootView, storeId: readonly string[]): string | null {
  if (view === null) return TEXT.loadingStore;
  if (view.value !== null) return null;
  if (root.status === "refused") return TEXT.refused;
  return storeId.length === 0 || root.version === 0 ? TEXT.noStateYet : TEXT.storeGone;
}
