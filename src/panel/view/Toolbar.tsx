import { useSignal } from "@preact/signals";
import { useCallback } from "preact/hooks";
import type { OverviewView } from "../../bridge/view";
import type { Capture } from "../model/capture";
import type { Panel } from "../model/panel";
import { OVERLAY_KEYS } from "../model/panel-actions";
import { safeString } from "../model/safe-text";
import { VIEWS, type ViewName } from "../model/view-name";
import { say } from "../text/say";
import { CaptureMenu, PreserveLog } from "./CaptureMenu";
import { CAPTURE_TEXT } from "./capture-text";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { Tabs } from "./Tabs";
import { TEXT } from "./text";
import { ViewMenu } from "./ViewMenu";

/** Of the button of the menu of views, as in the style sheet. CSS pixels. */
const MENU_WIDTH = 24;

/** The tabs with their counts, what the session is, and what is kept of it. */
export function Toolbar({ panel }: { readonly panel: Panel }) {
  const overview = panel.overview.value;
  const status = panel.status.value;
  const { capture } = panel;
  const environment = capture.environment.value;
  const isTight = useSignal(false);
  const onFit = useCallback(
    (needed: number, room: number) => {
      // The menu would make room where it goes; and either may have been rounded.
      isTight.value = needed > room + (isTight.peek() ? MENU_WIDTH : 0) + 1;
    },
    [isTight],
  );
  const choose = (tab: ViewName): void => {
    panel.tab.value = tab;
  };
  return (
    <header class="toolbar">
      <Tabs
        id="view"
        label={TEXT.views}
        names={VIEWS}
        chosen={panel.tab.value}
        onChoose={choose}
        onFit={onFit}
        render={(tab) => (
          <>
            {say(`view_${tab}`)} <Count tab={tab} overview={overview} />
          </>
        )}
      />
      {isTight.value && <ViewMenu chosen={panel.tab.value} onChoose={choose} />}
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
      <span class="toolbar-buttons">
        <OverlayButton panel={panel} overlay="search" />
        <OverlayButton panel={panel} overlay="keys" />
        <CaptureMenu capture={capture} />
      </span>
    </header>
  );
}

/** Opens what is over everything else; its key is on the sheet of keys. */
function OverlayButton({ panel, overlay }: { readonly panel: Panel; readonly overlay: "search" | "keys" }) {
  const label = say(`toolbar_${overlay}`);
  const [key = ""] = OVERLAY_KEYS[overlay];
  return (
    <button
      type="button"
      class="icon-button"
      data-action={overlay}
      aria-label={label}
      aria-haspopup="dialog"
      title={`${label} (${key})`}
      onClick={() => panel.palette.toggle(overlay)}
    >
      {overlay === "search" ? <Lens /> : <Keyboard />}
    </button>
  );
}

function Lens() {
  return (
    <svg width="14" height="14" viewBox="0 0 16 16" aria-hidden="true">
      <circle cx="7" cy="7" r="4.5" fill="none" stroke="currentColor" stroke-width="1.5" />
      <path d="M10.5 10.5 14 14" stroke="currentColor" stroke-width="1.5" />
    </svg>
  );
}

function Keyboard() {
  return (
    <svg width="16" height="14" viewBox="0 0 18 16" aria-hidden="true">
      <rect
        x="1"
        y="3"
        width="16"
        height="10"
        rx="1.5"
        fill="none"
        stroke="currentColor"
        stroke-width="1.3"
      />
      <path
        d="M4 6h1m2 0h1m2 0h1m2 0h1M4 8.2h1m2 0h1m2 0h1m2 0h1M5.5 10.5h7"
        stroke="currentColor"
        stroke-width="1.3"
      />
    </svg>
  );
}

function Count({ tab, overview }: { readonly tab: ViewName; readonly overview: OverviewView | null }) {
  if (overview === null) return null;
  const { events, problems } = overview.session;
  switch (tab) {
    case "stores":
    case "timeline":
    case "compare":
    case "channels":
    case "connection":
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
