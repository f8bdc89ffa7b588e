import { useSignal } from "@preact/signals";
import { useCallback } from "preact/hooks";
import type { OverviewView } from "../../bridge/view";
import type { Capture } from "../model/capture";
import type { Panel } from "../model/panel";
import { OVERLAY_KEYS, SPLIT_KEY } from "../model/panel-actions";
import { safeString } from "../model/safe-text";
import { VIEWS, type ViewName } from "../model/view-name";
import { say, sayCount, sayNumber } from "../text/say";
import { CaptureMenu, PreserveLog } from "./CaptureMenu";
import { Icon } from "./Icon";
import { SafeText } from "./SafeText";
import { StatusDot } from "./StatusDot";
import { Tabs } from "./Tabs";
import { textScale } from "./TextScale";
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
      isTight.value = needed > room + (isTight.peek() ? MENU_WIDTH * textScale.peek() : 0) + 1;
    },
    [isTight],
  );
  const { main, second, choose, toggle } = panel.panes;
  const chooseMain = (view: ViewName): void => choose("main", view);
  return (
    <header class="toolbar">
      <Tabs
        id="view"
        label={say("toolbar_views")}
        names={VIEWS}
        chosen={main.value}
        onChoose={chooseMain}
        onFit={onFit}
        render={(tab) => (
          <>
            {say(`view_${tab}`)} <Count tab={tab} overview={overview} />
          </>
        )}
      />
      {isTight.value && <ViewMenu chosen={main.value} onChoose={chooseMain} />}
      <span class="link-status" role="status" data-link={status}>
        {overview !== null && (status === "connecting" || status === "reconnecting") && say(`link_${status}`)}
      </span>
      {environment?.isPrivate && (
        <span class="chip" title={say("capture_private_why")} data-private>
          {say("capture_private")}
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
        <button
          type="button"
          class="icon-button"
          data-action="split"
          aria-label={say("split_action")}
          aria-pressed={second.value !== null}
          title={`${say("split_action")} (${SPLIT_KEY})`}
          onClick={toggle}
        >
          <Icon name="split" />
        </button>
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
      <Icon name={overlay} />
    </button>
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
      return events === 0 ? null : <span class="badge">{sayNumber(events)}</span>;
    case "problems":
      return problems === 0 ? null : <span class="badge badge-bad">{sayNumber(problems)}</span>;
  }
}

/** One click to the page before; the bar that is then above everything leads back. */
function PastButton({ overview, capture }: { readonly overview: OverviewView; readonly capture: Capture }) {
  const { past, session } = overview;
  if (past === null || !session.isLive) return null;
  const name = past.title || past.url || say("past_untitled");
  return (
    <button
      type="button"
      class="button past-button"
      data-action="show-past"
      aria-label={safeString(`${say("past_page")} ${name}`)}
      title={safeString(sayCount("past_page_why", past.events, name))}
      onClick={() => capture.show(past.id)}
    >
      ← <span class="past-word">{say("past_page")} </span>
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
