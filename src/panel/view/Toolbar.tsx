import type { OverviewView } from "../../bridge/view";
import type { Capture } from "../model/capture";
import { type Panel, TABS, type Tab } from "../model/panel";
import { safeString } from "../model/safe-text";
import { CaptureMenu, PreserveLog } from "./CaptureMenu";
import { CAPTURE_TEXT } from "./capture-text";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { Tabs } from "./Tabs";
import { TEXT } from "./text";

/** The tabs with their counts, what the session is, and what is kept of it. */
export function Toolbar({ panel }: { readonly panel: Panel }) {
  const overview = panel.overview.value;
  const status = panel.status.value;
  const { capture } = panel;
  const environment = capture.environment.value;
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
      {environment?.isPrivate && (
        <span class="chip" title={CAPTURE_TEXT.privateWhy} data-private>
          {CAPTURE_TEXT.privateWindow}
        </span>
      )}
      {overview !== null && <PastButton overview={overview} capture={capture} />}
      {overview !== null && <Summary overview={overview} />}
      {environment !== null && (
        <span class="toolbar-preserve">
          <PreserveLog capture={capture} />
        </span>
      )}
      <CaptureMenu capture={capture} />
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

/** One click to the page before; the bar that is then above everything leads back. */
function PastButton({ overview, capture }: { readonly overview: OverviewView; readonly capture: Capture }) {
  const { past, session } = overview;
  if (past === null || !session.isLive) return null;
  const name = past.title || past.url || CAPTURE_TEXT.untitled;
  return (
    <button
      type="button"
      class="button past-button"
      data-action="show-past"
      aria-label={safeString(`${CAPTURE_TEXT.previous} ${name}`)}
      title={safeString(CAPTURE_TEXT.previousWhy(name, past.events))}
      onClick={() => capture.show(past.id)}
    >
      ← <span class="past-word">{CAPTURE_TEXT.previous} </span>
      <SafeText text={name} />
    </button>
  );
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
