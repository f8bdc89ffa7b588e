import type { RootKey } from "../../../bridge/root-key";
import type { Panel } from "../../model/panel";
import { safeString } from "../../model/safe-text";
import { rootKeyOf } from "../../model/store-key";
import type { TimelineFilter } from "../../model/timeline-filter";
import { say } from "../../text/say";
import { shortRoot, storeName } from "./entry-text";

/** Of more roots only so many can be chosen here: nobody finds one in a longer list. */
const MAX_LISTED = 200;

const ALL = "";
const KEPT = "kept";
const OFFERED = "offered";

/** Which root's and which store's entries show. */
export function ScopeSelects({ panel }: { readonly panel: Panel }) {
  return (
    <>
      <RootSelect panel={panel} />
      <StoreSelect panel={panel} />
    </>
  );
}

function RootSelect({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const filter = timeline.filter.value;
  const roots = rootsOf(panel);
  const chosen = filter.root === null ? ALL : rootKeyOf(filter.root);
  const isGone = filter.root !== null && !roots.some((root) => rootKeyOf(root) === chosen);

  function choose(value: string): void {
    const root = value === ALL ? null : (roots.find((key) => rootKeyOf(key) === value) ?? filter.root);
    timeline.setFilter({ ...filter, root, store_id: null });
  }

  return (
    <select
      class="timeline-select"
      data-action="root"
      aria-label={say("timeline_root")}
      title={say("timeline_root")}
      value={chosen}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value={ALL}>{say("timeline_root_all")}</option>
      {isGone && filter.root !== null && (
        <option value={chosen}>{say("timeline_root_gone", nameOf(filter.root))}</option>
      )}
      {roots.map((root) => (
        <option key={rootKeyOf(root)} value={rootKeyOf(root)}>
          {nameOf(root)}
        </option>
      ))}
    </select>
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
      class="timeline-select"
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

function rootsOf(panel: Panel): readonly RootKey[] {
  const connections = panel.overview.value?.connections ?? [];
  return connections.flatMap(({ roots }) => roots.map(({ key }) => key)).slice(0, MAX_LISTED);
}

function nameOf(root: RootKey): string {
  return safeString(shortRoot(root.root_id));
}
