import type { ComponentChildren } from "preact";
import type { Panel } from "../../model/panel";
import { STORE_TABS, type StoreTab } from "../../model/store-tabs";
import { say } from "../../text/say";
import { Tabs } from "../Tabs";
import { AssignsTab } from "./AssignsTab";
import { ChangesTab } from "./ChangesTab";
import { CommandsTab } from "./CommandsTab";
import { EventsTab } from "./EventsTab";
import { RawTab } from "./RawTab";
import { StateTab } from "./StateTab";

type StoreSidesProps = {
  readonly panel: Panel;
  /** What stands where the store has no value now; null: it has one. */
  readonly absence: ComponentChildren;
  readonly onStore: (storeId: readonly string[]) => void;
};

/** What is shown of the chosen store, one side at a time. */
export function StoreSides(props: StoreSidesProps) {
  const { storeTabs } = props.panel;
  const tab = storeTabs.tab.value;
  return (
    <div class="store-sides">
      <Tabs
        id="store"
        label={say("store_tabs")}
        names={STORE_TABS}
        chosen={tab}
        onChoose={storeTabs.choose}
        render={(name) => say(`store_tab_${name}`)}
      />
      <div class="store-side" role="tabpanel" id="store-panel" aria-labelledby={`store-tab-${tab}`}>
        <Side {...props} tab={tab} />
      </div>
    </div>
  );
}

function Side({ panel, absence, onStore, tab }: StoreSidesProps & { readonly tab: StoreTab }) {
  switch (tab) {
    case "state":
      return absence ?? <StateTab panel={panel} onStore={onStore} />;
    case "changes":
      return <ChangesTab panel={panel} />;
    case "assigns":
      return <AssignsTab panel={panel} />;
    case "events":
      return <EventsTab panel={panel} />;
    case "commands":
      return <CommandsTab panel={panel} />;
    case "raw":
      return absence ?? <RawTab panel={panel} />;
  }
}
