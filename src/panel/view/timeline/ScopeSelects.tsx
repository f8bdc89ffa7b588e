import type { RootKey } from "../../../bridge/root-key";
import type { Panel } from "../../model/panel";
import { shortRoot } from "../../model/root-name";
import { safeString } from "../../model/safe-text";
import { rootKeyOf } from "../../model/store-key";
import type { TimelineFilter } from "../../model/timeline-filter";
import { say } from "../../text/say";
import { RootSelect } from "../RootSelect";
import { storeName } from "./entry-text";

const ALL = "";
const KEPT = "kept";
const OFFERED = "offered";

/** Which root's and which store's entries show. */
export function ScopeSelects({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const filter = timeline.filter.value;
  return (
    <>
      <RootSelect
        roots={panel.compare.roots.value}
        chosen={filter.root}
        label={say("timeline_root")}
        all={say("timeline_root_all")}
        onChoose={(root) => timeline.setFilter({ ...filter, root, store_id: null })}
      />
      <StoreSelect panel={panel} />
    </>
  );
}

/** All stores, the one that was chosen here before, and the one that is chosen among the stores now. */
function StoreSelect({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const filter = timeline.filter.value;
  const offered = timeline.offered.value;
  const isOfferedKept = offered !== null && isSameStore(filter, offered);
  if (filter.store_id === null && offered === null) return null;

  function choose(value: string): void {
    if (value === ALL) timeline.setFilter({ ...filter, store_id: null });
    else if (value === OFFERED && offered !== null) {
      timeline.setFilter({ ...filter, root: offered.root, store_id: offered.store_id });
    }
  }

  return (
    <select
      class="select"
      data-action="store"
      aria-label={say("timeline_store")}
      title={say("timeline_store")}
      value={filter.store_id === null ? ALL : KEPT}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value={ALL}>{say("timeline_store_all")}</option>
      {filter.store_id !== null && (
        <option value={KEPT}>{safeString(storeLabel(filter.root, filter.store_id))}</option>
      )}
      {offered !== null && !isOfferedKept && (
        <option value={OFFERED}>
          {say("timeline_store_chosen", safeString(storeLabel(offered.root, offered.store_id)))}
        </option>
      )}
    </select>
  );
}

function storeLabel(root: RootKey | null, storeId: readonly string[]): string {
  return root === null ? storeName(storeId) : `${shortRoot(root.root_id)} › ${storeName(storeId)}`;
}

function isSameStore(
  filter: TimelineFilter,
  offered: { readonly root: RootKey; readonly store_id: readonly string[] },
) {
  return (
    filter.root !== null &&
    filter.store_id !== null &&
    rootKeyOf(filter.root) === rootKeyOf(offered.root) &&
    filter.store_id.join("/") === offered.store_id.join("/")
  );
}
