import type { Panel } from "../model/panel";
import { Details } from "./Details";
import { Notice } from "./Notice";
import { Split } from "./Split";
import { StoreTree } from "./StoreTree";

/** The tree of stores, and beside it what is chosen in it. */
export function StoresView({ panel }: { readonly panel: Panel }) {
  const diagnosis = panel.diagnosis.value;
  const isEmpty = panel.stores.items.value.length === 0;
  if (diagnosis !== null && isEmpty) return <Notice diagnosis={diagnosis} />;
  return (
    <Split
      share={{ beside: 38, stacked: 38 }}
      first={<StoreTree stores={panel.stores} />}
      second={
        diagnosis !== null && panel.stores.selection.value === null ? (
          <Notice diagnosis={diagnosis} />
        ) : (
          <Details panel={panel} />
        )
      }
    />
  );
}
