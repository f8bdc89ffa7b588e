import type { OverviewView } from "../../bridge/view";
import { type Panel, TABS, type Tab } from "../model/panel";
import { safeString } from "../model/safe-text";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { Tabs } from "./Tabs";
import { TEXT } from "./text";

/** The tabs with their counts, and what the session is. */
export function Toolbar({ panel }: { readonly panel: Panel }) {
  const overview = panel.overview.value;
  const status = panel.status.value;
  return (
    <header class="toolbar">
      <Tabs
        id="view"
        label={TEXT.views}
        names={TABS}
        chosen={panel.tab.value}
        onChoose={(tab) => {
          panel.tab.value = tab;
        }}
        render={(tab) => (
          <>
            {TEXT.tabs[tab]} <Count tab={tab} overview={overview} />
          </>
        )}
      />
      <span class="link-status" role="status" data-link={status}>
        {overview !== null && TEXT.link[status]}
      </span>
      {overview !== null && <Summary overview={overview} />}
    </header>
  );
}

function Count({ tab, overview }: { readonly tab: Tab; readonly overview: OverviewView | null }) {
  if (overview === null) return null;
  const { events, problems } = overview.session;
  switch (tab) {
    case "stores":
      return null;
    case "frames":
      return events === 0 ? null : <span class="badge">{TEXT.count(events)}</span>;
    case "problems":
      return problems === 0 ? null : <span class="badge badge-bad">{TEXT.count(problems)}</span>;
  }
}

function Summary({ overview }: { readonly overview: OverviewView }) {
  const { session, connections } = overview;
  const name = session.title || session.url || "";
  return (
    <span class="summary" title={safeString(session.url ?? "")}>
      {connections.map(({ id, status }) => (
        <StatusDot key={id} status={status} />
      ))}
      <span class="summary-name">
        <SafeText text={name} />
      </span>
    </span>
  );
}
